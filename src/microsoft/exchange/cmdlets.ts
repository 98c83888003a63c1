type Definition = {
  readonly effect: 'reads' | 'changes';
  /** What the app's service principal needs, as a phrase after "give it". */
  readonly grant: string;
};

/**
 * Every cmdlet this service runs, in modes `exchange` and `powershell` alike; `invoke-cmdlet.ps1` allows these and no
 * other, which a test holds. The grant is the least that is known to work: Exchange PowerShell's pages name role groups for
 * some, a public client has shown others (rknightion/graph2otel), and none is documented for those on blocked connectors.
 */
export const CMDLETS = {
  'Get-BlockedConnector': { effect: 'reads', grant: 'the Entra role Security Reader' },
  'Get-InboundConnector': { effect: 'reads', grant: 'the Entra role Global Reader' },
  'Remove-BlockedConnector': { effect: 'changes', grant: 'the Entra role Security Administrator' },
  'Get-AdminAuditLogConfig': { effect: 'reads', grant: 'the Entra role Global Reader' },
  'Search-UnifiedAuditLog': {
    effect: 'reads',
    grant:
      'the Exchange role View-Only Audit Logs, which the role groups Compliance Management and Organization Management hold by default (Microsoft Purview: Search the audit log)',
  },
  'Get-AcceptedDomain': { effect: 'reads', grant: 'the Entra role Global Reader' },
  'Get-DkimSigningConfig': { effect: 'reads', grant: 'the Entra role Global Reader' },
  'Get-ManagementRoleEntry': { effect: 'reads', grant: 'the Entra role Global Reader' },
} as const satisfies Readonly<Record<string, Definition>>;

type Cmdlets = typeof CMDLETS;
export type Cmdlet = keyof Cmdlets;
type WithEffect<E> = { readonly [name in Cmdlet]: Cmdlets[name]['effect'] extends E ? name : never }[Cmdlet];
export type ReadingCmdlet = WithEffect<'reads'>;
export type ChangingCmdlet = WithEffect<'changes'>;
