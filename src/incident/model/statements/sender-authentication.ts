/** Domains that share a finding: the first few of `count`. */
type Domains = { readonly domains: readonly string[]; readonly count: number };

/** Whether receivers can tell that mail of the sending domains is genuine. */
export type SenderAuthenticationStatements = {
  /** SPF, DKIM and DMARC are all as they should be. */
  readonly authenticated: Domains;
  /** Nobody knows which domains send through the connector. */
  readonly no_domains_known: Record<never, never>;
  readonly spf_missing: Domains;
  /** Receivers must ignore a record with this fault. */
  readonly spf_invalid: { readonly domain: string; readonly reason: string };
  readonly spf_unread: Domains & { readonly reason: string };
  /** A server of the connector is not among those the domain names; `result` is SPF's. */
  readonly spf_without_server: { readonly domain: string; readonly address: string; readonly result: string };
  /** Relayed mail leaves from Exchange Online, which the domain does not name. */
  readonly spf_without_exchange: Domains & { readonly include: string };
  readonly spf_allows_anyone: Domains;
  /** Exchange Online signs with a key of another domain, which does not align. */
  readonly dkim_off: Domains;
  readonly dmarc_missing: Domains;
  /** The policy is `none`: receivers act on nothing. */
  readonly dmarc_only_monitors: Domains;
  readonly dmarc_unread: Domains & { readonly reason: string };
  /** Neither SPF nor DKIM aligns for mail that leaves from Exchange Online. */
  readonly dmarc_fails: Domains & { readonly policy: string };
};
