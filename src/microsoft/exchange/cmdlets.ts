import cmdlets from './cmdlets.json' with { type: 'json' };

export type ReadingCmdlet = keyof typeof cmdlets.reads;
export type ChangingCmdlet = keyof typeof cmdlets.changes;
export type Cmdlet = ReadingCmdlet | ChangingCmdlet;

/**
 * Every cmdlet this service runs, in modes `exchange` and `powershell` alike, with what the app's service principal needs for
 * it, as a phrase after "give it". The list is a file that `invoke-cmdlet.ps1` reads too: it runs no other, whatever it is sent.
 * The grant is the least that is known to work: Exchange PowerShell's pages name role groups for some, a public client has
 * shown others (rknightion/graph2otel), and none is documented for those on blocked connectors.
 */
export const GRANTS: Readonly<Record<Cmdlet, string>> = { ...cmdlets.reads, ...cmdlets.changes };
