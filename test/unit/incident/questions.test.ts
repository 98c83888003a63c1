import assert from 'node:assert/strict';
import type { Person } from '../../../src/incident/model/approval.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { nextReminder } from '../../../src/incident/model/reminder.ts';
import { decide } from './decide.ts';
import { AOI, approve, awaiting, BEN, CHIE, effectsOf, play, refusalOf, restricted, T0 } from './history.ts';

const MINUTE = 60_000;
const ask = (by: Person, at: number, question = 'Whose printer was it?', approvalId = 'approval-1') =>
  ({ kind: 'ask', at, by, approvalId, question }) as const;

/** Five questions, one a minute. */
const withQuestions = (incident: Incident) =>
  play(incident, ...[1, 2, 3, 4, 5].map((minute) => ask(BEN, T0 + minute * MINUTE, `Question ${minute}?`)));

describe('a question to the approver', () => {
  it('is posted in the thread, changes no state and does not redraw the card', () => {
    const decision = decide(awaiting(), ask(BEN, T0 + 2));
    assert.ok(decision.kind === 'applied');
    assert.equal(decision.incident.state, 'awaiting_confirmation');
    const [effect, ...others] = effectsOf(decision);
    assert.deepEqual(others, []);
    assert.ok(effect?.kind === 'post_reply' && effect.reply.kind === 'question');
    assert.equal(effect.reply.approval.approver.objectId, AOI.objectId);
  });

  it('needs a text, a waiting approval and a person other than the approver', () => {
    assert.equal(refusalOf(decide(awaiting(), ask(BEN, T0 + 2, ' \n '))), 'question_missing');
    assert.equal(refusalOf(decide(awaiting(), ask(AOI, T0 + 2))), 'own_question');
    assert.equal(refusalOf(decide(awaiting(), ask(BEN, T0 + 2, 'Why?', 'approval-0'))), 'approval_not_current');
    assert.equal(refusalOf(decide(restricted(), ask(BEN, T0 + 2))), 'approval_not_current');
  });

  it('is posted once, however often it is delivered', () => {
    const once = play(awaiting(), ask(BEN, T0 + 2));
    assert.equal(decide(once, ask(BEN, T0 + 3)).kind, 'repeated');
  });

  it('mentions the approver at most five times for one approval, and twice a minute for one person', () => {
    const once = play(awaiting(), ask(BEN, T0 + 2));
    assert.equal(refusalOf(decide(once, ask(BEN, T0 + 3, 'And why?'))), 'too_many_questions');
    assert.equal(decide(once, ask(CHIE, T0 + 3, 'And why?')).kind, 'applied');
    assert.equal(refusalOf(decide(withQuestions(awaiting()), ask(CHIE, T0 + 9 * MINUTE))), 'too_many_questions');
  });

  it('starts its count again with the next approval', () => {
    const again = play(
      withQuestions(awaiting()),
      { kind: 'withdraw', at: T0 + 6 * MINUTE, by: AOI, approvalId: 'approval-1' },
      approve(AOI, T0 + 7 * MINUTE, 'approval-2'),
    );
    assert.equal(decide(again, ask(CHIE, T0 + 8 * MINUTE, 'Whose printer was it?', 'approval-2')).kind, 'applied');
  });

  it('delays no reminder', () => {
    const pace = { afterMs: MINUTE, quietMs: MINUTE, escalates: false };
    assert.deepEqual(nextReminder(play(awaiting(), ask(BEN, T0 + 2)), pace), nextReminder(awaiting(), pace));
  });
});
