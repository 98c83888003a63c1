import type { IncidentEvent } from '../../../../src/incident/model/events.ts';
import { isReadable } from '../../../../src/incident/model/reason.ts';
import { type ActFacts, applied, type Facts, IGNORED, type Judgement, refused, stateOf, who } from './facts.ts';
import { judgeShown } from './shown-model.ts';

/** One person may begin when no authorization is waiting, and anyone may stop the act until Exchange is called. */
export function judgeAct(facts: Facts, event: IncidentEvent<'break_glass' | 'stop_break_glass'>): Judgement {
  const state = stateOf(facts);
  if (event.kind === 'stop_break_glass') {
    const act = facts.acts.at(-1);
    if (act === undefined || !isUnderWay(facts) || state === 'verifying') return refused('not_now');
    if (act.id !== event.breakGlassId) return refused('break_glass_not_current');
    return act.asked ? refused('break_glass_too_late') : actOver(facts, act, 'stopped', who(event.by));
  }
  if (state !== 'restricted' && state !== 'unblock_failed') return refused('not_now');
  const otherwise = judgeShown(facts, event.shown);
  if (otherwise !== null) return otherwise;
  if (!isReadable(event.reason)) return refused('reason_missing');
  const begun = { id: event.breakGlassId, by: who(event.by), actsAt: event.actsAt };
  const act: ActFacts = { ...begun, due: false, asked: false, over: null, reviewer: null };
  return applied({ ...facts, acts: [...facts.acts, act], way: 'break_glass' }, 'break_glass_due');
}

/** Returns whether the last act waits, is called for or is verified. */
export function isUnderWay(facts: Facts): boolean {
  return facts.way === 'break_glass' && ['break_glass_waiting', 'unblocking', 'verifying'].includes(stateOf(facts));
}

/** Another person reviews an act after its end. */
export function judgeReview(facts: Facts, event: IncidentEvent<'review_break_glass'>): Judgement {
  if (facts.ending === null) return refused('not_now');
  const act = facts.acts.find(({ asked, reviewer }) => asked && reviewer === null);
  if (act === undefined || act.id !== event.breakGlassId) return refused('nothing_to_review');
  if (act.by === who(event.by)) return refused('own_break_glass');
  if (event.comment.trim() === '') return refused('comment_missing');
  return applied(withAct(facts, { ...act, reviewer: who(event.by) }));
}

/** Judges events of the act under way; those of any other are void. */
export function judgeNewsOfAct(
  facts: Facts,
  state: string,
  event: IncidentEvent<'break_glass_due' | 'break_glass_voided'>,
): Judgement {
  const act = facts.acts.at(-1);
  if (act === undefined || act.id !== event.breakGlassId) return IGNORED;
  const waits = state === 'break_glass_waiting';
  if (event.kind === 'break_glass_voided') {
    return isUnderWay(facts) && !act.asked ? actOver(facts, act, 'voided', null) : IGNORED;
  }
  if (!waits || event.at < act.actsAt) return IGNORED;
  return applied(withAct(facts, { ...act, due: true }), 'unblock_connector');
}

function withAct(facts: Facts, act: ActFacts): Facts {
  return { ...facts, acts: facts.acts.map((other) => (other.id === act.id ? act : other)) };
}

function actOver(facts: Facts, act: ActFacts, how: 'stopped' | 'voided', by: string | null): Judgement {
  return applied(withAct(facts, { ...act, over: { how, by } }));
}
