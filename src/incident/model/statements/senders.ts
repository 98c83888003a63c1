/** Domains are lower case; `count` is how many there are in all, of which a few are named. */
type Domains = { readonly domains: readonly string[]; readonly count: number; readonly messages: number };

/** Whose mail a connector sends: domains of the envelope (5321.MailFrom) and of the From header (5322.From). */
export type SendersStatements = {
  /** Mail of domains that are not accepted domains of the tenant, in percent of all. */
  readonly unregistered_domains: Domains & { readonly percent: number };
  /** The two domains of a message differ, in percent of the mail that has both. */
  readonly mismatched_senders: {
    readonly pairs: readonly string[];
    readonly messages: number;
    readonly percent: number;
  };
  /** Domains that this connector never sent mail of in the days before, which were read for `days` days. */
  readonly new_sender_domains: Domains & { readonly days: number };
  /** All mail is of accepted domains. */
  readonly registered_senders: { readonly domains: readonly string[]; readonly count: number };
  readonly no_senders_seen: { readonly since: number };
  /** Message trace has the envelope only. */
  readonly from_not_in_trace: Record<never, never>;
};
