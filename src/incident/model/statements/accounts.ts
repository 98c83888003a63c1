/** Statements about the account that last changed the connector. None of them accuses the account's owner. */
export type AccountStatements = {
  /** It is unknown which account changed it last. */
  readonly account_unknown: Record<never, never>;
  /** It was not changed since `since`, which is as far back as the audit log was searched. */
  readonly no_account_to_check: { readonly since: number };
  /** The directory has no such account: it is an application, a Microsoft process, or deleted. */
  readonly account_not_found: { readonly account: string };
  /** Exchange has a later change, at `changedAt` (ms since the epoch), than the last one in the audit log. */
  readonly later_change_unrecorded: { readonly changedAt: number };
  readonly account_disabled: { readonly account: string };
  /** The risk level and state as Identity Protection reports them. */
  readonly account_at_risk: { readonly account: string; readonly level: string; readonly state: string };
  /** The account's password is older than its change of the connector. */
  readonly password_older_than_change: { readonly account: string; readonly passwordAt: number };
  /** `riskRead` is false when the risk could not be read. */
  readonly account_in_order: { readonly account: string; readonly riskRead: boolean };
};
