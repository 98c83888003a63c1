/** What the internet shows of the connected server. */
export type ServerExposureStatements = {
  readonly no_server_known: Record<never, never>;
  /** A name that a provider gives to any address of a range, not one of a mail server. */
  readonly generic_name: { readonly address: string; readonly name: string };
  readonly nameless_server: { readonly addresses: readonly string[] };
  /** The host that the certificate names has none of the connector's addresses. */
  readonly certificate_elsewhere: { readonly certificate: string; readonly addresses: readonly string[] };
  readonly on_block_list: { readonly address: string; readonly list: string };
  readonly server_named: { readonly names: readonly string[] };
};
