import fc from 'fast-check';
import type { Person } from '../../../../src/incident/model/approval.ts';
import type { EventKind, IncidentEvent } from '../../../../src/incident/model/events.ts';
import { CHECKS, type Finding, finding } from '../../../../src/incident/model/finding.ts';
import type { Configuration } from '../../../../src/incident/model/fingerprint.ts';
import type { LinkedAlert } from '../../../../src/incident/model/linked-alert.ts';
import { acknowledgementOf } from '../../../../src/incident/model/recommendations.ts';
import { AOI, BEN, CHIE, CONNECTOR, HOUR, MINUTE } from '../history.ts';

/** An event independent of the incident's state. `onward` is any event that leads on from that state. */
export type Move = {
  readonly kind: EventKind | 'onward';
  readonly by: number;
  /** Which approval or break-glass act it is about: the one in force, an earlier one, or one that never existed. */
  readonly about: 'current' | 'earlier' | 'unknown';
  /** The time since the previous move, ms. */
  readonly after: number;
  /** How long before it the reading that showed it began, ms. */
  readonly readAge: number;
  readonly configuration: number;
  readonly alert: number;
  readonly fork: number;
  /** Which card was clicked: the present one, an earlier one, or one without a revision. */
  readonly card: 'present' | 'earlier' | 'unknown';
  /** Whether its form is complete: a reason, and all boxes ticked. */
  readonly careful: boolean;
};

/** The same admin may appear with another spelling of the object id and another name. */
const PEOPLE: readonly Person[] = [AOI, BEN, CHIE, { ...AOI, objectId: AOI.objectId.toUpperCase(), name: 'A.' }];

const SETTINGS: Configuration = { SenderIPAddresses: ['192.0.2.10', '192.0.2.11'], RequireTls: true };
const CONFIGURATIONS: readonly (Configuration | null)[] = [
  SETTINGS,
  { RequireTls: true, SenderIPAddresses: ['192.0.2.11', '192.0.2.10'] },
  { ...SETTINGS, RequireTls: false },
  null,
];

const LAPSED = ['alert_lapsed', 'alert_resolved', 'alert_moved'] as const;

export const EVENT_KINDS: readonly EventKind[] = [
  'observed_restricted',
  'observed_missing',
  'observed_clear',
  'connector_removed',
  'alert_linked',
  'alert_lapsed',
  'alert_moved',
  'approve',
  'confirm',
  'reject',
  'withdraw',
  'ask',
  'acknowledge',
  'keep_restricted',
  'unlink_alert',
  'break_glass',
  'stop_break_glass',
  'break_glass_due',
  'break_glass_voided',
  'review_break_glass',
  'approval_expired',
  'approval_voided',
  'unblock_intended',
  'unblock_accepted',
  'unblock_outcome_unknown',
  'unblock_refused',
  'verification_timed_out',
  'remind',
  'findings_gathered',
];

const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...EVENT_KINDS) },
    { weight: 4, arbitrary: fc.constant('onward' as const) },
  ),
  by: fc.nat(PEOPLE.length - 1),
  about: fc.oneof({ weight: 5, arbitrary: fc.constant('current') }, fc.constantFrom('earlier', 'unknown')),
  after: fc.oneof({ weight: 6, arbitrary: fc.nat(5 * MINUTE) }, fc.constantFrom(HOUR, 2 * HOUR)),
  readAge: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(HOUR)),
  configuration: fc.oneof(
    { weight: 4, arbitrary: fc.nat(1) },
    { weight: 1, arbitrary: fc.nat(CONFIGURATIONS.length - 1) },
  ),
  alert: fc.nat(5),
  fork: fc.nat(9),
  card: fc.oneof({ weight: 4, arbitrary: fc.constant('present') }, fc.constantFrom('earlier', 'unknown')),
  careful: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
});

export const moves = (most: number): fc.Arbitrary<readonly Move[]> => fc.array(move, { maxLength: most, size: 'max' });

/** The data of the incident with which a move becomes an event. */
export type Setting = {
  readonly at: number;
  readonly state: string;
  /** Ids of the approvals so far, the current one last. */
  readonly approvals: readonly string[];
  /** Ids of the break-glass acts so far, the current one last. */
  readonly acts: readonly string[];
  /** The approval or act that was begun last. */
  readonly lastBegun: string | undefined;
  /** The id of the next approval or act. */
  readonly newApproval: string;
  readonly connectorId: string;
  /** The incident's present revision. */
  readonly revision: number;
};

/** Converts a move to an event of an incident in this setting. */
export function eventOf(it: Move, setting: Setting): IncidentEvent {
  const { at, state, newApproval } = setting;
  const kind = it.kind === 'onward' ? onward(state, it.fork) : it.kind;
  const by = PEOPLE[it.by] ?? AOI;
  const approvalId = idOf(it, setting.approvals);
  const breakGlassId = idOf(it, setting.acts);
  const callId =
    it.about === 'current' ? (setting.lastBegun ?? approvalId) : it.fork % 2 === 0 ? approvalId : breakGlassId;
  const readSeq = at - it.readAge;
  const verifyBy = at + HOUR;
  const reason = it.careful ? `Reason ${it.fork % 2}` : ' \n';
  const boxes = ['traffic_reviewed', 'changes_reviewed', 'admins_secured', ...CHECKS.map(acknowledgementOf)];
  const attested = it.careful ? boxes : it.fork % 2 === 0 ? boxes.slice(0, 3) : boxes.slice(1);
  switch (kind) {
    case 'observed_restricted': {
      const configuration = CONFIGURATIONS[it.configuration] ?? null;
      return { kind, at, readSeq, connector: { ...CONNECTOR, id: setting.connectorId, configuration } };
    }
    case 'observed_missing':
    case 'observed_clear':
    case 'connector_removed':
      return { kind, at, readSeq };
    case 'alert_linked':
      return { kind, at, alert: alertOf(it.alert) };
    case 'alert_lapsed':
      return { kind, at, why: LAPSED[it.fork % LAPSED.length] ?? 'alert_lapsed' };
    case 'alert_moved':
      return { kind, at, alertId: alertOf(it.alert).id };
    case 'unlink_alert':
      return { kind, at, by, alertId: alertOf(it.alert).id };
    case 'break_glass':
      return { kind, at, by, breakGlassId: newApproval, actsAt: at + 2 * MINUTE, reason, ...shownOn(it, setting) };
    case 'stop_break_glass':
      return { kind, at, by, breakGlassId };
    case 'break_glass_due':
      return { kind, at, breakGlassId };
    case 'break_glass_voided':
      return { kind, at, breakGlassId, cause: { kind: 'could_not_recheck', words: 'Graph is away' } };
    case 'review_break_glass':
      return { kind, at, by, breakGlassId, comment: reason };
    case 'change_attributed':
      return {
        kind,
        at,
        approvalId,
        edits: [{ by: 'admin@simulated.example', at, operation: 'Set-InboundConnector' }],
      };
    case 'remind':
      return { kind, at, pace: { afterMs: 0, quietMs: 0, escalates: it.careful }, mentioned: [] };
    case 'findings_gathered':
      return { kind, at, beganAt: readSeq, cause: 'opened', part: 1, findings: [findingOf(it, readSeq)] };
    case 'approve':
      return {
        kind,
        at,
        by,
        approvalId: newApproval,
        expiresAt: at + HOUR,
        reason,
        attested,
        ...shownOn(it, setting),
      };
    case 'confirm':
      return { kind, at, by, approvalId, ...shownOn(it, setting) };
    case 'withdraw':
      return { kind, at, by, approvalId };
    case 'ask':
      return { kind, at, by, approvalId, question: reason };
    case 'reject':
      return { kind, at, by, approvalId, reason: it.careful ? reason : null };
    case 'acknowledge':
      return { kind, at, by };
    case 'keep_restricted':
      return { kind, at, by, reason };
    case 'approval_expired':
      return { kind, at, approvalId };
    case 'unblock_intended':
      return { kind, at, authorizationId: callId };
    case 'approval_voided':
      return { kind, at, approvalId, cause: { kind: 'could_not_recheck', words: 'Graph is away' } };
    case 'unblock_accepted':
      return {
        kind,
        at,
        authorizationId: callId,
        requestId: null,
        verifyBy,
        ...(it.careful ? {} : { notCalled: true }),
      };
    case 'unblock_outcome_unknown':
      return { kind, at, authorizationId: callId, words: 'no answer', verifyBy, ...(it.careful ? {} : { busy: true }) };
    case 'unblock_refused':
      return { kind, at, authorizationId: callId, words: 'Not allowed', requestId: null };
    case 'verification_timed_out':
      return { kind, at };
  }
}

/** Returns an event that usually leads on from a state. */
function onward(state: string, fork: number): EventKind {
  const ways: Readonly<Record<string, readonly EventKind[]>> = {
    alerted: ['observed_restricted'],
    restricted: ['approve', 'approve', 'break_glass'],
    awaiting_confirmation: ['confirm', 'confirm', 'findings_gathered'],
    unblocking: ['unblock_intended', 'unblock_accepted', 'unblock_refused', 'unblock_outcome_unknown'],
    verifying: [
      'verification_timed_out',
      'unblock_refused',
      'observed_missing',
      'observed_restricted',
      'observed_clear',
    ],
    break_glass_waiting: ['break_glass_due'],
    unblock_failed: ['approve', 'break_glass'],
    unblocked: ['review_break_glass', 'alert_linked'],
  };
  const possible = ways[state] ?? ['alert_linked'];
  return possible[fork % possible.length] ?? 'alert_linked';
}

/** Returns the revision on the clicked card. */
function shownOn({ card, fork }: Move, { revision }: Setting): { readonly shown?: number } {
  if (card === 'unknown') return {};
  return { shown: card === 'present' ? revision : Math.max(0, revision - 1 - (fork % 4)) };
}

function idOf({ about, fork }: Move, ids: readonly string[]): string {
  const earlier = ids.slice(0, -1);
  const current = about === 'current' ? ids.at(-1) : undefined;
  const before = about === 'earlier' ? earlier[fork % Math.max(earlier.length, 1)] : undefined;
  return current ?? before ?? 'one-that-never-was';
}

function alertOf(choice: number): LinkedAlert {
  return {
    id: `alert-${choice % 2}`,
    title: 'Suspicious connector activity',
    status: choice < 4 ? 'new' : 'resolved',
    severity: 'high',
    webUrl: null,
    createdAt: 0,
    link: choice < 3 ? 'named' : 'nearness',
  };
}

function findingOf({ fork, alert }: Move, readAt: number): Finding {
  const check = CHECKS[fork % CHECKS.length] ?? 'traffic';
  const isBad = alert % 2 === 0;
  return isBad
    ? finding(check, [{ kind: 'no_restriction', verdict: 'bad', values: { anyDomain: true } }], readAt)
    : finding(check, [{ kind: 'no_answer_in_time', verdict: 'unknown', values: { source: 'dns' } }], readAt);
}
