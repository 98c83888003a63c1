import { SHAPES, type ShapeId } from '../../microsoft/shapes/shapes.ts';

/** Shapes that may differ from what is expected. */
type OpenShape = {
  [id in ShapeId]: (typeof SHAPES)[id]['otherwise'] extends null ? never : id;
}[ShapeId];

/** Other questions that cannot be answered without a tenant. */
const QUESTIONS = {
  unblock_role: 'which Exchange management role holds Remove-BlockedConnector',
  sufficient_roles: 'whether Security Administrator with Global Reader suffices for every cmdlet',
  unknown_id: 'how Exchange responds to the id of a connector that is not restricted',
  unblock_of_unrestricted: 'whether Remove-BlockedConnector succeeds for a connector that is not restricted',
  unblock_after_redirect: 'whether a host that redirects has carried out the call',
  unblock_in_audit_log: 'whether the audit log records Remove-BlockedConnector',
  unblock_limit: 'how often a connector may be unblocked',
  reason_length: 'how long the -Reason of Remove-BlockedConnector may be',
  page_size: 'how many rows Exchange sends when no page size is requested',
  missing_role: 'how Exchange responds when a role is missing',
  rate_limits: 'how many calls Exchange accepts, and which headers contain the limit',
  alert_fields: 'what an alert of the policy has in category, evidence, additionalData and alertPolicyId',
  comment_length: 'how long the comment of an alert may be',
  feed_alert_record: 'what an audit record of type 40 contains about a connector',
  rejection_code: 'whether mail is also refused with 5.7.712',
  channel_message_id: "whether the id of a channel's message is that of the activity",
  team_group_id: "whether Teams sends the team's Entra group id with an activity",
  licences: 'which plans the tenant has',
  cloud_hosts: 'whether the addresses of a cloud other than public respond',
  max_age: 'whether Entra honours max_age of a sign-in',
  powershell: 'whether the scripts of mode powershell work',
} as const;

export type OpenQuestion = OpenShape | keyof typeof QUESTIONS;

/** Every open question. Each is settled by a probe of the report, or has a line in `SETTLED_ELSEWHERE`. */
export const OPEN_QUESTIONS: readonly OpenQuestion[] = [
  ...Object.keys(SHAPES).filter(isOpenShape),
  ...Object.keys(QUESTIONS).filter(isQuestion),
];

/** The questions that this report does not settle, and what does. */
export const SETTLED_ELSEWHERE: { readonly [id in OpenQuestion]?: string } = {
  remove_answer:
    'what Remove-BlockedConnector returns; calling it would change something; docs/first-tenant.md, step 6',
  unblock_of_unrestricted: 'not called here; to find out, run it by hand with a GUID that is not restricted',
  unblock_after_redirect: 'takes an unblock; docs/first-tenant.md, step 6',
  unblock_limit: 'no call shows it; when the limit is reached, the card shows the error message of Exchange',
  reason_length: 'takes an unblock; the service sends at most 500 characters',
  exchange_busy: 'not provoked; the service counts it as connector_guard_unexpected_shape_total',
  rate_limits:
    'not provoked, since no call returns a limit; headers about one are listed above where they were present',
  alert_time: 'how long an alert lags behind its restriction: docs/first-tenant.md, step 6',
  comment_length: 'takes writing to an alert; the service sends at most 950 characters',
  rejection_code: 'no call shows it; look at a bounced message; docs/first-tenant.md, step 6',
  sufficient_roles:
    'the doctor’s lines named at the head: blocked_connectors, inbound_connectors, unblock, audit_search',
  team_group_id:
    'the first message to the bot contains it: see the doctor’s line on the channel, docs/first-tenant.md, step 5',
  cloud_hosts: 'the doctor’s lines named at the head: identity, the tokens, exchange_host, bot_keys',
  max_age: 'takes a person who signs in, so no call of an application shows it; the service does not rely on it',
  powershell: 'the same report with UNBLOCK_MODE=powershell; docs/powershell.md',
};

/** Returns the id of a question, followed by the question as a phrase. */
export function questionOf(id: OpenQuestion): string {
  return `${id} (${isQuestion(id) ? QUESTIONS[id] : `expected: ${SHAPES[id].expects}`})`;
}

function isQuestion(id: string): id is keyof typeof QUESTIONS {
  return Object.hasOwn(QUESTIONS, id);
}

function isOpenShape(id: string): id is OpenShape {
  return Object.entries(SHAPES).some(([shape, { otherwise }]) => shape === id && otherwise !== null);
}
