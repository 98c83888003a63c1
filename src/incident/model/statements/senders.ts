/** Domains in lower case: the first few of `count`. */
type Domains = { readonly domains: readonly string[]; readonly count: number; readonly messages: number };

/** Statements about the senders of a connector's mail: domains of the envelope (5321.MailFrom) and of the From header (5322.From). */
export type SendersStatements = {
  /** Mail of domains that are not accepted domains of the tenant, in percent of all. */
  readonly unregistered_domains: Domains & { readonly percent: number };
  /** Mail whose two domains differ, in percent of the mail that has both. */
  readonly mismatched_senders: {
    readonly pairs: readonly string[];
    readonly messages: number;
    readonly percent: number;
  };
  /** Domains that did not send through this connector in the `days` days before. */
  readonly new_sender_domains: Domains & { readonly days: number };
  /** All mail is from accepted domains. */
  readonly registered_senders: { readonly domains: readonly string[]; readonly count: number };
  /** The accepted domains could not be read, so it is unknown whether these are among them. */
  readonly senders_not_compared: { readonly domains: readonly string[]; readonly count: number };
  readonly no_senders_seen: { readonly since: number };
  /** Message trace contains only the envelope sender. */
  readonly from_not_in_trace: Record<never, never>;
};
