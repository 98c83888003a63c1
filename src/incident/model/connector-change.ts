/** A change of an inbound connector as the tenant's audit log has it. */
export type ConnectorChange = {
  /** The audit record's id. */
  readonly id: string;
  readonly operation: 'New-InboundConnector' | 'Set-InboundConnector' | 'Remove-InboundConnector';
  /** As the audit log names them, mostly a user principal name. */
  readonly by: string;
  /** ms since the epoch. */
  readonly at: number;
  /** What the connector is called in the record: its id, its name, or both; NFKC, lower case. */
  readonly subjects: readonly string[];
};
