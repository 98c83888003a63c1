/** Statements about who may send mail through the connector. */
export type WhoMaySendStatements = {
  /** Only these of `count` addresses, with TLS or a verified certificate. */
  readonly limited_to_addresses: {
    readonly addresses: readonly string[];
    readonly count: number;
    readonly certificate: string | null;
  };
  /** Only addresses are checked, so mail may arrive without TLS. */
  readonly addresses_without_tls: { readonly addresses: readonly string[]; readonly count: number };
  /** No address is listed: any server with this certificate may send. */
  readonly any_server_with_certificate: { readonly certificate: string; readonly anyDomain: boolean };
  /** The certificate name has a wildcard, which every host of the domain matches. */
  readonly wildcard_certificate: { readonly certificate: string };
  /** One listed range contains `count` addresses. */
  readonly wide_range: { readonly range: string; readonly count: number };
  /** Entries that are not addresses, or that a server on the Internet cannot have. */
  readonly unusable_addresses: { readonly addresses: readonly string[] };
  /** Neither an address nor a certificate is required. */
  readonly no_restriction: { readonly anyDomain: boolean };
  /** `TreatMessagesAsInternal`: mail through the connector is not scanned like external mail. */
  readonly treated_as_internal: Record<never, never>;
};
