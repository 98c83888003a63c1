/** Domains that share a finding: the first few of `count`. */
type Domains = { readonly domains: readonly string[]; readonly count: number };

/** Statements about whether receivers can verify mail of the sending domains. */
export type SenderAuthenticationStatements = {
  /** SPF, DKIM and DMARC are all as they should be. */
  readonly authenticated: Domains;
  /** SPF and DMARC are as they should be. Whether mail is signed is not known, or Exchange Online cannot sign it. */
  readonly authenticated_without_dkim: Domains;
  /** It is unknown which domains send through the connector. */
  readonly no_domains_known: Record<never, never>;
  /** No domain that sends through the connector is the tenant's, which could change its records. */
  readonly only_foreign_domains: Domains;
  readonly spf_missing: Domains;
  /** Receivers must ignore a record with this fault. */
  readonly spf_invalid: { readonly domain: string; readonly reason: string };
  readonly spf_unread: Domains & { readonly reason: string };
  /** The domain's record does not name a server of the connector. `result` is the SPF result. */
  readonly spf_without_server: { readonly domain: string; readonly address: string; readonly result: string };
  /** Relayed mail is sent from Exchange Online, which the domain's record does not name. */
  readonly spf_without_exchange: Domains & { readonly include: string };
  /** The domains' records are `v=spf1 -all`: they send no mail, and yet their mail was seen, or the connector names them. */
  readonly spf_sends_nothing: Domains;
  readonly spf_allows_anyone: Domains;
  /** Exchange Online signs with a key of another domain, which does not align. */
  readonly dkim_off: Domains;
  /** Exchange Online signs, but the keys are not in DNS, so no receiver can verify the signatures. */
  readonly dkim_keys_missing: Domains;
  /** There is no record, or none that is valid. */
  readonly dmarc_missing: Domains;
  /** The policy is `none`: receivers take no action. */
  readonly dmarc_only_monitors: Domains;
  readonly dmarc_unread: Domains & { readonly reason: string };
  /** Neither SPF nor DKIM aligns for mail sent from Exchange Online. */
  readonly dmarc_fails: Domains & { readonly policy: string };
};
