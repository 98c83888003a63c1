import type { Person } from '../../../../src/incident/model/approval.ts';
import type { Ending } from '../../../../src/incident/model/ending.ts';
import type { IncidentEvent } from '../../../../src/incident/model/events.ts';
import { isReadable } from '../../../../src/incident/model/reason.ts';
import { byNearness, judgeAlert, withoutAlert } from './alert-model.ts';
import { isUnderWay, judgeAct, judgeNewsOfAct, judgeReview } from './break-glass-model.ts';
import { judgeNewsOfCall } from './call-model.ts';
import { judgeConfirm } from './confirm-model.ts';
import {
  type ApprovalFacts,
  applied,
  type Facts,
  IGNORED,
  type Judgement,
  REPEATED,
  refused,
  stateOf,
  TO_ATTEST,
  who,
} from './facts.ts';
import { badOnes, judgeFindings } from './findings-model.ts';
import { judgeShown } from './shown-model.ts';

/** Judges what an event must do to these facts. */
export function judge(facts: Facts, event: IncidentEvent): Judgement {
  const judgement = 'by' in event ? judgeClick(facts, event) : judgeNews(facts, event);
  if (judgement.kind !== 'applied' || stateOf(judgement.facts) === stateOf(facts)) return judgement;
  const { revision: stateRevision } = facts;
  return { ...judgement, facts: { ...judgement.facts, lastChange: event.at, stirredAt: event.at, stateRevision } };
}

type Click = Extract<IncidentEvent, { readonly by: Person }>;
type News = Exclude<IncidentEvent, Click>;

function judgeClick(facts: Facts, event: Click): Judgement {
  if (isDoneAlready(facts, event)) return REPEATED;
  if (event.kind === 'review_break_glass') return judgeReview(facts, event);
  if (facts.ending !== null) return refused('incident_over');
  switch (event.kind) {
    case 'approve':
      return judgeApprove(facts, event);
    case 'confirm':
    case 'reject':
    case 'withdraw':
      return judgeAnswer(facts, event);
    case 'ask':
      return judgeQuestion(facts, event);
    case 'acknowledge':
      return applied({ ...facts, acknowledgedBy: [...facts.acknowledgedBy, who(event.by)], stirredAt: event.at });
    case 'keep_restricted':
      if (!['restricted', 'unblock_failed'].includes(stateOf(facts))) return refused('not_now');
      if (!isReadable(event.reason)) return refused('reason_missing');
      return applied({ ...facts, lastKeep: { by: who(event.by), reason: event.reason }, stirredAt: event.at });
    case 'unlink_alert':
      return judgeUnlink(facts, event);
    case 'break_glass':
    case 'stop_break_glass':
      return judgeAct(facts, event);
  }
}

/** Whether the same person already caused this event and it is still in effect. */
function isDoneAlready(facts: Facts, event: Click): boolean {
  const { acts, acknowledgedBy, lastKeep } = facts;
  const by = who(event.by);
  switch (event.kind) {
    case 'ask':
      return facts.questions.at(-1)?.by === by && facts.questions.at(-1)?.text === event.question.trim();
    case 'acknowledge':
      return acknowledgedBy.includes(by);
    case 'keep_restricted':
      return lastKeep?.by === by && lastKeep.reason === event.reason;
    case 'unlink_alert':
      return facts.unlinked.has(event.alertId) && !facts.alerts.has(event.alertId);
    case 'break_glass':
      return isUnderWay(facts) && acts.at(-1)?.by === by;
    case 'stop_break_glass':
      return acts.some(({ id, over: it }) => id === event.breakGlassId && it?.how === 'stopped' && it.by === by);
    case 'review_break_glass':
      return acts.some(({ id, reviewer }) => id === event.breakGlassId && reviewer === by);
    default:
      return isSaidAlready(facts.approval, event, by);
  }
}

type Answer = IncidentEvent<'approve' | 'confirm' | 'reject' | 'withdraw'>;

function isSaidAlready(approval: ApprovalFacts | null, event: Answer, by: string): boolean {
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
  const otherwise = judgeShown(facts, event.shown);
  if (otherwise !== null) return otherwise;
  if (!TO_ATTEST.every((id) => event.attested.includes(id))) return refused('recommendations_not_attested');
  const acknowledged = badOnes(facts.readings);
  if (!acknowledged.every((check) => event.attested.includes(`acknowledge_${check}`)))
    return refused('findings_not_acknowledged');
  if (!isReadable(event.reason)) return refused('reason_missing');
  const approval: ApprovalFacts = {
    id: event.approvalId,
    approver: who(event.by),
    expiresAt: event.expiresAt,
    shown: facts.connector?.configuration ?? null,
    acknowledged,
    dangers: new Map(),
    confirmer: null,
    over: null,
  };
  return applied({ ...facts, approval, questions: [], way: 'two_people' }, 'expire_approval');
}

/** A question changes only the list of questions. The limits are five for one approval, and half a minute between two of one person. */
function judgeQuestion(facts: Facts, event: IncidentEvent<'ask'>): Judgement {
  const state = stateOf(facts);
  const { approval, questions } = facts;
  if (state === 'unblocking' || state === 'verifying') return refused('not_now');
  if (approval === null || state !== 'awaiting_confirmation')
    return refused(approval?.over?.how === 'expired' ? 'approval_expired' : 'approval_not_current');
  if (approval.id !== event.approvalId) return refused('approval_not_current');
  if (approval.approver === who(event.by)) return refused('own_question');
  if (!isReadable(event.question)) return refused('question_missing');
  const own = questions.findLast(({ by }) => by === who(event.by));
  if (questions.length >= 5 || (own !== undefined && event.at - own.at < 30_000)) return refused('too_many_questions');
  const question = { by: who(event.by), text: event.question.trim(), at: event.at };
  return applied({ ...facts, questions: [...questions, question] });
}

/** Only an alert that is linked by time alone can be unlinked. */
function judgeUnlink(facts: Facts, { alertId }: IncidentEvent<'unlink_alert'>): Judgement {
  if (stateOf(facts) === 'alerted') return refused('not_now');
  if (facts.alerts.get(alertId)?.link !== 'nearness') return refused('alert_not_linked_by_time');
  return applied({ ...withoutAlert(facts, alertId), unlinked: new Set([...facts.unlinked, alertId]) }, 'reconcile');
}

/** Judges a decision on a waiting approval, which must be the one shown, by a person who may decide. */
function judgeAnswer(facts: Facts, event: IncidentEvent<'confirm' | 'reject' | 'withdraw'>): Judgement {
  const state = stateOf(facts);
  const { approval } = facts;
  if (state === 'unblocking' || state === 'verifying') return refused('not_now');
  if (approval === null || state !== 'awaiting_confirmation') {
    return refused(approval?.over?.how === 'expired' ? 'approval_expired' : 'approval_not_current');
  }
  if (approval.id !== event.approvalId) return refused('approval_not_current');
  const own = approval.approver === who(event.by);
  if (event.kind === 'reject') return own ? refused('withdraw_instead') : over(facts, 'rejected', who(event.by));
  if (event.kind === 'withdraw') return own ? over(facts, 'withdrawn', who(event.by)) : refused('not_your_approval');
  return judgeConfirm(facts, approval, event);
}

function judgeNews(facts: Facts, event: News): Judgement {
  if ('readSeq' in event) return judgeRead(facts, event);
  const state = stateOf(facts);
  switch (event.kind) {
    case 'alert_linked':
      return judgeAlert(facts, event);
    case 'alert_moved':
      if (state === 'alerted' || facts.ending !== null || !facts.alerts.has(event.alertId)) return IGNORED;
      return applied(withoutAlert(facts, event.alertId));
    case 'alert_lapsed':
      return state === 'alerted' ? applied({ ...facts, ending: event.why }) : IGNORED;
    case 'remind':
      return judgeRemind(facts, state, event);
    case 'verification_timed_out': {
      const { call } = facts;
      if (state !== 'verifying' || call === null || event.at < call.verifyBy) return IGNORED;
      return applied({ ...facts, call: { ...call, timedOut: true } });
    }
    // Only an approval voided by a changed configuration has an author to find, and there is none here; scenarios cover it.
    case 'change_attributed':
      return IGNORED;
    // test/unit/incident/findings.test.ts covers which findings are stored.
    case 'findings_gathered':
      return state === 'alerted' || state === 'closed' ? IGNORED : judgeFindings(facts, event);
    case 'break_glass_due':
    case 'break_glass_voided':
      return judgeNewsOfAct(facts, state, event);
    case 'approval_expired':
    case 'approval_voided':
      return facts.approval?.id === event.approvalId ? judgeNewsOfApproval(facts, state, event) : IGNORED;
    default:
      return judgeNewsOfCall(facts, state, event);
  }
}

/** test/unit/incident/reminder.test.ts covers the pace of reminders; here one is always due when people are needed. */
function judgeRemind(facts: Facts, state: string, { at }: IncidentEvent<'remind'>): Judgement {
  const { approval, reminders, stirredAt } = facts;
  if (!['restricted', 'awaiting_confirmation', 'unblock_failed'].includes(state) || reminders >= 4) return IGNORED;
  const inVain = state === 'awaiting_confirmation' && approval !== null && stirredAt >= approval.expiresAt;
  return inVain ? IGNORED : applied({ ...facts, reminders: reminders + 1, stirredAt: at });
}

/** Judges events of the approval in force; those of any other are ignored. */
function judgeNewsOfApproval(
  facts: Facts,
  state: string,
  event: IncidentEvent<'approval_expired' | 'approval_voided'>,
): Judgement {
  const { approval } = facts;
  const wasCalled = facts.call?.authorizationId === event.approvalId;
  switch (event.kind) {
    case 'approval_expired': {
      const due = approval !== null && event.at >= approval.expiresAt;
      return state === 'awaiting_confirmation' && due ? over(facts, 'expired', null) : IGNORED;
    }
    case 'approval_voided': {
      const standing =
        state === 'awaiting_confirmation' || (state === 'unblocking' && facts.way === 'two_people' && !wasCalled);
      return standing ? over(facts, 'voided', null) : IGNORED;
    }
  }
}

function judgeRead(facts: Facts, event: Extract<News, { readonly readSeq: number }>): Judgement {
  if (facts.ending !== null || event.readSeq < facts.lastChange) return IGNORED;
  const lastChange = event.readSeq;
  if (event.kind === 'observed_restricted') {
    const alerts = facts.connector === null ? byNearness(facts.alerts) : facts.alerts;
    const { revision } = facts;
    const drawn = [...facts.drawn, { revision, configuration: event.connector.configuration }];
    return applied({ ...facts, connector: event.connector, drawn, alerts, missingSince: null, lastChange });
  }
  if (facts.connector === null) return IGNORED;
  if (event.kind === 'observed_missing') {
    return applied({ ...facts, missingSince: event.readSeq, lastChange }, 'reconcile');
  }
  const { approval, acts } = facts;
  return applied({
    ...facts,
    approval: approval?.confirmer === null ? overtaken(approval) : approval,
    acts: acts.map((act) => (act.over !== null || act.asked ? act : { ...act, over: { how: 'overtaken', by: null } })),
    ending: event.kind === 'connector_removed' ? 'connector_removed' : creditedTo(facts),
  });
}

/**
 * Returns the authorization on which Exchange may have lifted the restriction: the last one begun if Exchange was called on it,
 * otherwise an earlier one.
 */
function creditedTo({ approval, acts, way, call }: Facts): Ending {
  const begun = way === 'break_glass' ? acts.at(-1) : approval;
  if (call === null || call.outcome === 'refused' || call.outcome === 'not_called') return 'elsewhere';
  if (call.authorizationId !== begun?.id) return 'earlier_call';
  return way === 'break_glass' ? 'break_glass' : 'two_admins';
}

function over(facts: Facts, how: 'rejected' | 'withdrawn' | 'expired' | 'voided', by: string | null): Judgement {
  const { approval } = facts;
  return approval === null ? IGNORED : applied({ ...facts, approval: { ...approval, over: { how, by } } });
}

function overtaken(approval: ApprovalFacts): ApprovalFacts {
  return approval.over === null ? { ...approval, over: { how: 'overtaken', by: null } } : approval;
}
