/** Who the connector lets send mail through the tenant. */
export type WhoMaySendStatements = {
  /** Only these addresses, `count` in all; with TLS or a certificate that is checked. */
  readonly limited_to_addresses: {
    readonly addresses: readonly string[];
    readonly count: number;
    readonly certificate: string | null;
  };
  /** Addresses alone: mail may come without TLS. */
  readonly addresses_without_tls: { readonly addresses: readonly string[]; readonly count: number };
  /** No address is listed: any server anywhere that shows this certificate. */
  readonly any_server_with_certificate: { readonly certificate: string; readonly anyDomain: boolean };
  /** The certificate name has a wildcard, so that every host beneath the domain has it. */
  readonly wildcard_certificate: { readonly certificate: string };
  /** `count` addresses lie in one listed range. */
  readonly wide_range: { readonly range: string; readonly count: number };
  /** Addresses that cannot be those of a server on the Internet, or that are not addresses. */
  readonly unusable_addresses: { readonly addresses: readonly string[] };
  /** Neither an address nor a certificate is asked for. */
  readonly no_restriction: { readonly anyDomain: boolean };
  /** `TreatMessagesAsInternal`: mail through the connector is not scanned as mail from outside is. */
  readonly treated_as_internal: Record<never, never>;
};
