import { z } from 'zod';
import type { Json } from '../../incident/model/statements/general.ts';

export const json: z.ZodType<Json> = z.json();

const source = z.enum([
  'exchange',
  'graph',
  'audit_log',
  'hunting',
  'message_trace',
  'dns',
  'identity_protection',
  'block_list',
]);

/** The schemas of stored general statements. */
export const generalDocuments = {
  not_licensed: z.object({ source, feature: z.string() }),
  not_permitted: z.object({ source, permission: z.string() }),
  no_answer_in_time: z.object({ source }),
  no_answer: z.object({ source, reason: z.string() }),
  incomplete: z.object({ source, reason: z.string() }),
  looked_up_in_part: z.object({ what: z.enum(['domains', 'addresses']), read: z.number(), count: z.number() }),
  not_configured: z.object({ setting: z.string() }),
  configuration_unread: z.object({}),
  check_failed: z.object({}),
  of_another_version: z.object({ kind: z.string(), values: json }),
};
