/** Statements about what public DNS shows of the connected server. */
export type ServerExposureStatements = {
  readonly no_server_known: Record<never, never>;
  /** A name that a provider gives to every address of a range, rather than to a mail server. */
  readonly generic_name: { readonly address: string; readonly name: string };
  readonly nameless_server: { readonly addresses: readonly string[] };
  /** The host named in the certificate has none of the servers' addresses. */
  readonly certificate_elsewhere: { readonly certificate: string; readonly addresses: readonly string[] };
  readonly on_block_list: { readonly address: string; readonly list: string };
  /** The list does not answer this service's resolver, or something else answered in its place. */
  readonly block_list_refused: { readonly list: string };
  readonly server_named: { readonly names: readonly string[] };
};
