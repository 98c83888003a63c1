import assert from 'node:assert/strict';
import { type Check, finding, type Statement } from '../../../src/incident/model/finding.ts';
import { followUpTasks, sendsSpam } from '../../../src/incident/model/follow-up.ts';

const DEFECT = { kind: 'check_failed', values: {} } as const;

function found(check: Check, statement: Statement) {
  return finding(check, [statement], 1);
}
const concern = (check: Check) => found(check, { ...DEFECT, verdict: 'concern' });
const COUNTED = { source: 'hunting', atLeast: false } as const;
const JUMP: Statement = {
  kind: 'volume_jump',
  verdict: 'concern',
  values: { ...COUNTED, messages: 4_120, hour: 1, usual: 35, high: 60 },
};
const SPAM: Statement = {
  kind: 'judged_mail',
  verdict: 'bad',
  values: { ...COUNTED, judged: 900, messages: 1_000, percent: 90, since: 1 },
};

describe('the list of tasks after an unblock', () => {
  it('contains only the tasks that a finding calls for', () => {
    assert.deepEqual(followUpTasks([]), []);
    assert.deepEqual(followUpTasks([found('accounts', { ...DEFECT, verdict: 'unknown' })]), []);
    assert.deepEqual(followUpTasks([concern('configuration_change')]), ['accounts']);
    assert.deepEqual(followUpTasks([concern('sender_authentication')]), ['sender_authentication']);
    assert.deepEqual(followUpTasks([concern('sending_addresses')]), ['server']);
    assert.deepEqual(followUpTasks([concern('who_may_send')]), []);
  });

  it('contains the warm-up after a jump without spam, and cleaning the server after spam', () => {
    assert.deepEqual(followUpTasks([found('traffic', JUMP)]), ['warm_up']);
    assert.deepEqual(followUpTasks([found('traffic', SPAM)]), ['server']);
    assert.deepEqual(followUpTasks([finding('traffic', [SPAM, JUMP], 1)]), ['server']);
  });

  it('recognizes new spam by its share and its number', () => {
    assert.equal(sendsSpam({ messages: 200, judged: 20 }), true);
    assert.equal(sendsSpam({ messages: 201, judged: 20 }), false);
    assert.equal(sendsSpam({ messages: 19, judged: 19 }), false);
  });
});
