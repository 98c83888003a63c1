/** A JSON value as another version of the service stored it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A source of readings that may be unavailable. */
export type EvidenceSource =
  | 'exchange'
  | 'graph'
  | 'audit_log'
  | 'hunting'
  | 'message_trace'
  | 'dns'
  | 'identity_protection'
  | 'block_list';

/** Statements about why a check has no result, or an incomplete one. */
export type GeneralStatements = {
  /** `feature` is Microsoft's name of the feature that the tenant's licence does not include. */
  readonly not_licensed: { readonly source: EvidenceSource; readonly feature: string };
  /** `permission` is the Graph permission or the Exchange role that is missing. */
  readonly not_permitted: { readonly source: EvidenceSource; readonly permission: string };
  readonly no_answer_in_time: { readonly source: EvidenceSource };
  /** `reason` is the message of the source. */
  readonly no_answer: { readonly source: EvidenceSource; readonly reason: string };
  /** Only a part was read; the other statements hold for that part. */
  readonly incomplete: { readonly source: EvidenceSource; readonly reason: string };
  /** Only `read` of `count` domains or addresses were looked up in DNS. */
  readonly looked_up_in_part: {
    readonly what: 'domains' | 'addresses';
    readonly read: number;
    readonly count: number;
  };
  /** `setting` is the environment variable that turns the check on. */
  readonly not_configured: { readonly setting: string };
  /** Exchange did not return the connector's configuration. */
  readonly configuration_unread: Record<never, never>;
  /** A bug in this service. */
  readonly check_failed: Record<never, never>;
  /** A statement that another version of the service made. */
  readonly of_another_version: { readonly kind: string; readonly values: Json };
};
