import { z } from 'zod';
import { ENDINGS } from '../incident/model/ending.ts';
import type { Json } from '../incident/model/statements/general.ts';
import type { StatementKind, StatementValues } from '../incident/model/statements/statement-values.ts';

export const json: z.ZodType<Json> = z.json();
const number = z.number();
const time = z.number();
const texts = z.array(z.string()).readonly();
const system = z.enum([
  'exchange',
  'graph',
  'audit_log',
  'hunting',
  'message_trace',
  'dns',
  'identity_protection',
  'block_list',
]);
const source = z.enum(['hunting', 'trace']);
const counted = { source, atLeast: z.boolean() };
const domains = z.object({ domains: texts, count: number });
const author = z.object({ by: z.string().nullable(), address: z.string().nullable() });
const change = z.object({ property: z.string(), before: z.string(), after: z.string() });

/** The schema of each kind of statement, as findings are stored; a kind without one does not compile. */
const schemas = {
  // About any check.
  not_licensed: z.object({ source: system, feature: z.string() }),
  not_permitted: z.object({ source: system, permission: z.string() }),
  no_answer_in_time: z.object({ source: system }),
  no_answer: z.object({ source: system, reason: z.string() }),
  incomplete: z.object({ source: system, reason: z.string() }),
  looked_up_in_part: z.object({ what: z.enum(['domains', 'addresses']), read: number, count: number }),
  not_configured: z.object({ setting: z.string() }),
  configuration_unread: z.object({}),
  check_failed: z.object({}),
  of_another_version: z.object({ kind: z.string(), values: json }),

  // Traffic, senders and sending addresses.
  volume_jump: z.object({ ...counted, messages: number, hour: number, usual: number, high: number }),
  judged_mail: z.object({ ...counted, judged: number, messages: number, percent: number, since: number }),
  steady_traffic: z.object({ ...counted, messages: number, usual: number, since: number }),
  latest_mail_may_follow: z.object({ source }),
  past_too_short: z.object({ days: number }),
  no_mail_seen: z.object({ source, since: number }),
  warming_up: z.object({ days: number, today: number }),
  growth_too_fast: z.object({
    ...counted,
    days: number,
    messages: number,
    before: number,
    schedule: z.array(number).readonly(),
  }),
  trace_needs_addresses: z.object({}),

  unregistered_domains: z.object({ domains: texts, count: number, messages: number, percent: number }),
  mismatched_senders: z.object({ pairs: texts, messages: number, percent: number }),
  new_sender_domains: z.object({ domains: texts, count: number, messages: number, days: number }),
  registered_senders: z.object({ domains: texts, count: number }),
  senders_not_compared: z.object({ domains: texts, count: number }),
  no_senders_seen: z.object({ since: number }),
  from_not_in_trace: z.object({}),

  unlisted_addresses: z.object({ addresses: texts, count: number, messages: number }),
  new_addresses: z.object({ addresses: texts, count: number, days: number, messages: number }),
  no_reverse_name: z.object({ addresses: texts, count: number }),
  reverse_name_differs: z.object({ addresses: texts, count: number, name: z.string() }),
  expected_addresses: z.object({ addresses: texts, count: number }),
  addresses_not_compared: z.object({ addresses: texts, count: number, source }),
  no_addresses_seen: z.object({ since: number }),

  // Who may send.
  limited_to_addresses: z.object({ addresses: texts, count: number, certificate: z.string().nullable() }),
  addresses_without_tls: z.object({ addresses: texts, count: number }),
  any_server_with_certificate: z.object({ certificate: z.string(), anyDomain: z.boolean() }),
  wildcard_certificate: z.object({ certificate: z.string() }),
  wide_range: z.object({ range: z.string(), count: number }),
  unusable_addresses: z.object({ addresses: texts }),
  no_restriction: z.object({ anyDomain: z.boolean() }),
  treated_as_internal: z.object({}),

  // Sender authentication.
  authenticated: domains,
  authenticated_without_dkim: domains,
  no_domains_known: z.object({}),
  only_foreign_domains: domains,
  spf_missing: domains,
  spf_invalid: z.object({ domain: z.string(), reason: z.string() }),
  spf_unread: domains.extend({ reason: z.string() }),
  spf_without_server: z.object({ domain: z.string(), address: z.string(), result: z.string() }),
  spf_without_exchange: domains.extend({ include: z.string() }),
  spf_sends_nothing: domains,
  spf_allows_anyone: domains,
  dkim_off: domains,
  dkim_keys_missing: domains,
  dmarc_missing: domains,
  dmarc_only_monitors: domains,
  dmarc_unread: domains.extend({ reason: z.string() }),
  dmarc_fails: domains.extend({ policy: z.string() }),

  // The connector's history and the account that changed it.
  changed_before_restriction: author.extend({ at: time, beforeMs: time }),
  changed_after_restriction: author.extend({ at: time }),
  changed_lately: author.extend({ at: time }),
  created_before_restriction: author.extend({ at: time, beforeMs: time }),
  creation_not_recorded: z.object({ createdAt: time }),
  settings_differ: z.object({ changes: z.array(change).readonly(), count: number, knownAt: time }),
  unchanged_since: z.object({ at: time }),
  change_time_unknown: z.object({}),
  account_unknown: z.object({}),
  no_account_to_check: z.object({ since: time }),
  account_not_found: z.object({ account: z.string() }),
  later_change_unrecorded: z.object({ changedAt: time }),
  account_disabled: z.object({ account: z.string() }),
  account_at_risk: z.object({ account: z.string(), level: z.string(), state: z.string() }),
  password_older_than_change: z.object({ account: z.string(), passwordAt: time }),
  account_in_order: z.object({ account: z.string(), riskRead: z.boolean() }),
  restricted_before: z.object({ count: number, days: number, lastAt: time }),
  ended_before: z.object({ ending: z.enum(ENDINGS), reason: z.string().nullable(), heldMs: number }),
  none_on_record: z.object({ since: time.nullable() }),

  // The sending server.
  no_server_known: z.object({}),
  generic_name: z.object({ address: z.string(), name: z.string() }),
  nameless_server: z.object({ addresses: texts }),
  certificate_elsewhere: z.object({ certificate: z.string(), addresses: texts }),
  on_block_list: z.object({ address: z.string(), list: z.string() }),
  block_list_refused: z.object({ list: z.string() }),
  server_named: z.object({ names: texts }),
} satisfies {
  readonly [kind in StatementKind]: z.ZodType<StatementValues[kind]>;
};

type Stored = { readonly [kind in keyof typeof schemas]: z.output<(typeof schemas)[kind]> };

/** Does not compile when a schema requires more than a statement has. */
export const statementDocuments: StatementValues extends Stored ? typeof schemas : never = schemas;
