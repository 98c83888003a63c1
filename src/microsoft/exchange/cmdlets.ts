import cmdlets from './cmdlets.json' with { type: 'json' };

export type ReadingCmdlet = keyof typeof cmdlets.reads;
export type ChangingCmdlet = keyof typeof cmdlets.changes;
export type Cmdlet = ReadingCmdlet | ChangingCmdlet;

/**
 * Every cmdlet that this service runs, in modes `exchange` and `powershell`, with the grant that the app's service
 * principal needs for it, as a phrase to follow "give it". `invoke-cmdlet.ps1` reads the same file and refuses all other
 * cmdlets. The grant is the least one known to work: Exchange PowerShell's documentation names role groups for some
 * cmdlets, a public client confirms others (rknightion/graph2otel), and none is documented for those on blocked connectors.
 */
export const GRANTS: Readonly<Record<Cmdlet, string>> = { ...cmdlets.reads, ...cmdlets.changes };
