import { z } from 'zod';
import { ENDINGS } from '../../incident/model/ending.ts';

const time = z.number();
const author = z.object({ by: z.string().nullable(), address: z.string().nullable() });
const change = z.object({ property: z.string(), before: z.string(), after: z.string() });

/** The schemas of stored statements about the connector's history and the account that changed it. */
export const connectorHistoryDocuments = {
  changed_before_restriction: author.extend({ at: time, beforeMs: time }),
  changed_after_restriction: author.extend({ at: time }),
  changed_lately: author.extend({ at: time }),
  created_before_restriction: author.extend({ at: time, beforeMs: time }),
  creation_not_recorded: z.object({ createdAt: time }),
  settings_differ: z.object({ changes: z.array(change).readonly(), count: z.number(), knownAt: time }),
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
  restricted_before: z.object({ count: z.number(), days: z.number(), lastAt: time }),
  ended_before: z.object({ ending: z.enum(ENDINGS), reason: z.string().nullable(), heldMs: z.number() }),
  none_on_record: z.object({ since: time.nullable() }),
};
