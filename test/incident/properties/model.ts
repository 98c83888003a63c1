import { isDeepStrictEqual } from 'node:util';
import type { Person } from '../../../src/incident/approval.ts';
import type { IncidentEvent } from '../../../src/incident/events.ts';
import type { Configuration } from '../../../src/incident/fingerprint.ts';
import type { LinkedAlert } from '../../../src/incident/incident.ts';

/**
 * The rules of two-person control as plain facts: what people said and what Exchange was seen to do. It knows no table of
 * states; the state is read off the facts.
 */
export type Facts = {
  /** What Exchange was last seen to say of the connector; null while none is known. */
  readonly connector: { readonly configuration: Configuration | null } | null;
  readonly approval: ApprovalFacts | null;
  readonly call: CallFacts | null;
  readonly ending: 'two_admins' | 'elsewhere' | 'connector_removed' | 'alert_lapsed' | 'alert_resolved' | null;
  /** Reads that began before this count for nothing, ms. */
  readonly lastChange: number;
  readonly missingSince: number | null;
  readonly acknowledgedBy: readonly string[];
  readonly lastKeep: { readonly by: string; readonly reason: string } | null;
  /** By alert id, what it last said and why it is here. */
  readonly alerts: ReadonlyMap<string, { readonly says: string; readonly link: LinkedAlert['link'] }>;
};

type ApprovalFacts = {
  readonly id: string;
  readonly approver: string;
  readonly expiresAt: number;
  readonly shown: Configuration | null;
  readonly confirmer: string | null;
  readonly over: {
    readonly how: 'rejected' | 'withdrawn' | 'expired' | 'voided' | 'overtaken';
    by: string | null;
  } | null;
};

type CallFacts = {
  readonly approvalId: string;
  readonly outcome: 'pending' | 'accepted' | 'unknown' | 'refused';
  readonly verifyBy: number;
  readonly timedOut: boolean;
};

/** What must be asked of others when an event counts; everything else but the card is left to the product. */
export type Asked = 'unblock_connector' | 'expire_approval' | 'verify_unblock' | 'look_again';

export type Judgement =
  | { readonly kind: 'applied'; readonly facts: Facts; readonly asks: readonly Asked[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'repeated' | 'ignored' };

const IGNORED: Judgement = { kind: 'ignored' };
const REPEATED: Judgement = { kind: 'repeated' };
const TO_ATTEST = ['traffic_reviewed', 'changes_reviewed', 'admins_secured'];

export const who = (person: Person): string => person.objectId.toLowerCase();

/** The state these facts amount to. */
export function stateOf({ ending, connector, approval, call }: Facts): string {
  if (ending === 'two_admins' || ending === 'elsewhere') return 'unblocked';
  if (ending !== null) return 'closed';
  if (connector === null) return 'alerted';
  if (approval === null || approval.over !== null) return 'restricted';
  if (approval.confirmer === null) return 'awaiting_confirmation';
  if (call === null || call.approvalId !== approval.id || call.outcome === 'pending') return 'unblocking';
  return call.outcome === 'refused' || call.timedOut ? 'unblock_failed' : 'verifying';
}

/** What an event must do to these facts. */
export function judge(facts: Facts, event: IncidentEvent): Judgement {
  const judgement = 'by' in event ? judgeClick(facts, event) : judgeNews(facts, event);
  if (judgement.kind !== 'applied' || stateOf(judgement.facts) === stateOf(facts)) return judgement;
  return { ...judgement, facts: { ...judgement.facts, lastChange: event.at } };
}

type Click = Extract<IncidentEvent, { readonly by: Person }>;
type News = Exclude<IncidentEvent, Click>;

function judgeClick(facts: Facts, event: Click): Judgement {
  if (isDoneAlready(facts, event)) return REPEATED;
  if (facts.ending !== null) return refused('incident_over');
  switch (event.kind) {
    case 'approve':
      return judgeApprove(facts, event);
    case 'confirm':
    case 'reject':
    case 'withdraw':
      return judgeAnswer(facts, event);
    case 'acknowledge':
      return applied({ ...facts, acknowledgedBy: [...facts.acknowledgedBy, who(event.by)] });
    case 'keep_restricted':
      if (!['restricted', 'unblock_failed'].includes(stateOf(facts))) return refused('not_now');
      if (event.reason.trim() === '') return refused('reason_missing');
      return applied({ ...facts, lastKeep: { by: who(event.by), reason: event.reason } });
  }
}

/** The same person said this very thing before, and it still stands. */
function isDoneAlready({ approval, acknowledgedBy, lastKeep }: Facts, event: Click): boolean {
  const by = who(event.by);
  if (event.kind === 'acknowledge') return acknowledgedBy.includes(by);
  if (event.kind === 'keep_restricted') return lastKeep?.by === by && lastKeep.reason === event.reason;
  if (approval === null) return false;
  const { approver, confirmer, over } = approval;
  if (event.kind === 'approve') return over === null && confirmer === null && approver === by;
  if (approval.id !== event.approvalId) return false;
  if (event.kind === 'confirm') return over === null && confirmer === by;
  return over?.how === (event.kind === 'reject' ? 'rejected' : 'withdrawn') && over.by === by;
}

function judgeApprove(facts: Facts, event: IncidentEvent<'approve'>): Judgement {
  const state = stateOf(facts);
  if (state === 'awaiting_confirmation') return refused('another_approval_waiting');
  if (state !== 'restricted' && state !== 'unblock_failed') return refused('not_now');
  if (!TO_ATTEST.every((id) => event.attested.includes(id))) return refused('recommendations_not_attested');
  if (event.reason.trim() === '') return refused('reason_missing');
  const approval: ApprovalFacts = {
    id: event.approvalId,
    approver: who(event.by),
    expiresAt: event.expiresAt,
    shown: facts.connector?.configuration ?? null,
    confirmer: null,
    over: null,
  };
  return applied({ ...facts, approval }, 'expire_approval');
}

/** The answer to a waiting approval: only to the one that was shown, and by whom it is theirs to give. */
function judgeAnswer(facts: Facts, event: IncidentEvent<'confirm' | 'reject' | 'withdraw'>): Judgement {
  const state = stateOf(facts);
  const { approval, connector } = facts;
  if (state === 'unblocking' || state === 'verifying') return refused('not_now');
  if (approval === null || state !== 'awaiting_confirmation') {
    return refused(approval?.over?.how === 'expired' ? 'approval_expired' : 'approval_not_current');
  }
  if (approval.id !== event.approvalId) return refused('approval_not_current');
  const own = approval.approver === who(event.by);
  if (event.kind === 'reject') return own ? refused('withdraw_instead') : over(facts, 'rejected', who(event.by));
  if (event.kind === 'withdraw') return own ? over(facts, 'withdrawn', who(event.by)) : refused('not_your_approval');
  if (event.at >= approval.expiresAt) return refused('approval_expired');
  if (own) return refused('own_approval');
  if (!sameSettings(approval.shown, connector?.configuration ?? null)) return refused('approval_not_current');
  return applied({ ...facts, approval: { ...approval, confirmer: who(event.by) } }, 'unblock_connector');
}

function judgeNews(facts: Facts, event: News): Judgement {
  if ('readBeganAt' in event) return judgeRead(facts, event);
  if (event.kind === 'alert_linked') return judgeAlert(facts, event);
  const state = stateOf(facts);
  if (event.kind === 'alert_lapsed') return state === 'alerted' ? applied({ ...facts, ending: event.why }) : IGNORED;
  if (event.kind === 'verification_timed_out') {
    const { call } = facts;
    if (state !== 'verifying' || call === null || event.at < call.verifyBy) return IGNORED;
    return applied({ ...facts, call: { ...call, timedOut: true } });
  }
  return facts.approval?.id === event.approvalId ? judgeNewsOfApproval(facts, state, event) : IGNORED;
}

/** News of the approval in force; that of any other is void. */
function judgeNewsOfApproval(
  facts: Facts,
  state: string,
  event: Extract<News, { readonly approvalId: string }>,
): Judgement {
  const { approval } = facts;
  const asked = facts.call?.approvalId === event.approvalId;
  switch (event.kind) {
    case 'approval_expired': {
      const due = approval !== null && event.at >= approval.expiresAt;
      return state === 'awaiting_confirmation' && due ? over(facts, 'expired', null) : IGNORED;
    }
    case 'approval_voided': {
      const standing = state === 'awaiting_confirmation' || (state === 'unblocking' && !asked);
      return standing ? over(facts, 'voided', null) : IGNORED;
    }
    case 'unblock_intended':
      return state === 'unblocking' && !asked ? applied(called(facts, event.approvalId, 'pending', 0)) : IGNORED;
    case 'unblock_refused':
      return state === 'unblocking' && asked ? applied(called(facts, event.approvalId, 'refused', 0)) : IGNORED;
    case 'unblock_accepted':
    case 'unblock_outcome_unknown': {
      const outcome = event.kind === 'unblock_accepted' ? 'accepted' : 'unknown';
      const after = { ...called(facts, event.approvalId, outcome, event.verifyBy), missingSince: null };
      return state === 'unblocking' && asked ? applied(after, 'verify_unblock') : IGNORED;
    }
  }
}

function judgeRead(facts: Facts, event: Extract<News, { readonly readBeganAt: number }>): Judgement {
  if (facts.ending !== null || event.readBeganAt < facts.lastChange) return IGNORED;
  const lastChange = event.readBeganAt;
  if (event.kind === 'observed_restricted') {
    const alerts = facts.connector === null ? byNearness(facts.alerts) : facts.alerts;
    return applied({ ...facts, connector: event.connector, alerts, missingSince: null, lastChange });
  }
  if (facts.connector === null) return IGNORED;
  if (event.kind === 'observed_missing') {
    return applied({ ...facts, missingSince: event.readBeganAt, lastChange }, 'look_again');
  }
  const { approval, call } = facts;
  const ours = call !== null && call.approvalId === approval?.id && call.outcome !== 'refused';
  const gone = ours ? 'two_admins' : 'elsewhere';
  return applied({
    ...facts,
    approval: approval?.confirmer === null ? overtaken(approval) : approval,
    ending: event.kind === 'connector_removed' ? 'connector_removed' : gone,
  });
}

function judgeAlert(facts: Facts, { alert }: IncidentEvent<'alert_linked'>): Judgement {
  const news = { says: [alert.status, alert.title, alert.severity].join(), link: alert.link };
  if (isDeepStrictEqual(facts.alerts.get(alert.id), news)) return IGNORED;
  return applied({ ...facts, alerts: new Map([...facts.alerts, [alert.id, news]]) });
}

/** An alert that waited for its connector has found it by time alone. */
function byNearness(alerts: Facts['alerts']): Facts['alerts'] {
  return new Map([...alerts].map(([id, { says }]) => [id, { says, link: 'nearness' }]));
}

function called(facts: Facts, approvalId: string, outcome: CallFacts['outcome'], verifyBy: number): Facts {
  return { ...facts, call: { approvalId, outcome, verifyBy, timedOut: false } };
}

function over(facts: Facts, how: 'rejected' | 'withdrawn' | 'expired' | 'voided', by: string | null): Judgement {
  const { approval } = facts;
  return approval === null ? IGNORED : applied({ ...facts, approval: { ...approval, over: { how, by } } });
}

function overtaken(approval: ApprovalFacts): ApprovalFacts {
  return approval.over === null ? { ...approval, over: { how: 'overtaken', by: null } } : approval;
}

/** Whether two configurations have the same settings, whatever the order of properties and of what is in a list. */
function sameSettings(a: Configuration | null, b: Configuration | null): boolean {
  const sets = (it: Configuration | null) =>
    it === null ? null : Object.fromEntries(Object.entries(it).map(([key, value]) => [key, asSet(value)]));
  return isDeepStrictEqual(sets(a), sets(b));
}

function asSet(value: Configuration[string]): unknown {
  return typeof value === 'object' && value !== null ? new Set(value) : value;
}

function applied(facts: Facts, ...asks: readonly Asked[]): Judgement {
  return { kind: 'applied', facts, asks };
}

function refused(reason: string): Judgement {
  return { kind: 'refused', reason };
}
