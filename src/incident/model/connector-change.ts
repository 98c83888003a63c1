/** A change of an inbound connector, from the tenant's audit log. */
export type ConnectorChange = {
  /** The audit record's id. */
  readonly id: string;
  readonly operation: 'New-InboundConnector' | 'Set-InboundConnector' | 'Remove-InboundConnector';
  /** The author as the audit log names it, usually a user principal name. */
  readonly by: string;
  /** ms since the epoch. */
  readonly at: number;
  /** The connector's names in the record: its id, its name, or both; NFKC, lower case. */
  readonly subjects: readonly string[];
};

/** Folds a name for comparison: ignores character width, case and surrounding white space. */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
