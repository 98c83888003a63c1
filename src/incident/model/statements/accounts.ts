/** The account that last changed the connector. None of this says that anybody did wrong. */
export type AccountStatements = {
  /** Nobody knows which account changed it last. */
  readonly account_unknown: Record<never, never>;
  /** Nobody changed it since `since`, as far back as the audit log was searched. */
  readonly no_account_to_check: { readonly since: number };
  /** The directory has no such account: an application, a process of Microsoft's, or one that is gone. */
  readonly account_not_found: { readonly account: string };
  readonly account_disabled: { readonly account: string };
  /** Identity Protection's risk level and state, in its own words. */
  readonly account_at_risk: { readonly account: string; readonly level: string; readonly state: string };
  /** Its password is from before it changed the connector. */
  readonly password_older_than_change: { readonly account: string; readonly passwordAt: number };
  /** `riskRead` is false when risk could not be read. */
  readonly account_in_order: { readonly account: string; readonly riskRead: boolean };
};
