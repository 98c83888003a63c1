import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type CheckHistories,
  type CheckNotice,
  type CheckResult,
  checkNotices,
  needsSecondRun,
  noteResults,
  notifiedOf,
} from '../../../src/incident/model/self-check.ts';

type Status = CheckResult['status'];

const result = (status: Status, id = 'audit_log'): CheckResult => {
  return { id, name: 'Auditing', status, says: `It is ${status}.`, todo: null };
};

/** Runs the check once for each status and notifies at once. Returns the notices after each run. */
function play(...statuses: readonly Status[]): readonly string[] {
  let histories: CheckHistories = {};
  return statuses.map((status, run) => {
    histories = noteResults(histories, [result(status)], run);
    const notices = checkNotices(histories);
    histories = notifiedOf(histories, notices);
    return notices.map(({ kind, says }: CheckNotice) => (kind === 'bad' ? `bad: ${says}` : kind)).join();
  });
}

describe('the self-check', () => {
  it('notifies once of a check that two consecutive runs found bad, and once when it is fixed', () => {
    const messages = play('ok', 'failed', 'failed', 'failed', 'ok', 'ok');
    assert.deepEqual(messages, ['', '', 'bad: It is failed.', '', 'fixed', '']);
  });

  it('ignores a single lost response', () => {
    assert.deepEqual(play('ok', 'failed', 'ok', 'failed', 'ok'), ['', '', '', '', '']);
  });

  it('does not notify of a warning at the first run, but of a failure', () => {
    assert.deepEqual(play('warning', 'warning', 'ok', 'warning', 'warning'), ['', '', '', '', 'bad: It is warning.']);
    assert.deepEqual(play('failed', 'failed', 'ok'), ['', 'bad: It is failed.', 'fixed']);
  });

  it('notifies again of a check that gets worse, and not of one that only gets less bad', () => {
    const messages = play('ok', 'warning', 'warning', 'failed', 'failed', 'warning', 'failed', 'ok');
    assert.deepEqual(messages, ['', '', 'bad: It is warning.', '', 'bad: It is failed.', '', '', 'fixed']);
  });

  it('concludes nothing from a check that was skipped', () => {
    assert.deepEqual(play('ok', 'skipped', 'failed', 'skipped', 'failed'), ['', '', '', '', 'bad: It is failed.']);
  });

  it('uses the worst of several findings of a check', () => {
    const histories = noteResults({}, [result('ok'), result('failed'), result('warning')], 1);
    assert.equal(histories.audit_log?.status, 'failed');
  });

  it('requests a second run only when a check is found bad for the first time', () => {
    const once = noteResults(noteResults({}, [result('ok')], 1), [result('failed')], 2);
    assert.ok(needsSecondRun(once));
    assert.ok(!needsSecondRun(noteResults(once, [result('failed')], 3)));
    assert.ok(!needsSecondRun(noteResults({}, [result('warning')], 1)));
  });

  it('never notifies twice of the same problem, and of a fix only after its problem', () => {
    const statuses = fc.array(fc.constantFrom<Status>('ok', 'warning', 'failed', 'skipped'), { maxLength: 40 });
    fc.assert(
      fc.property(statuses, (runs) => {
        const messages = play(...runs).filter((text) => text !== '');
        messages.forEach((text, index) => {
          assert.notEqual(text, messages[index - 1]);
          if (text === 'fixed') assert.match(messages[index - 1] ?? '', /^bad/);
        });
      }),
    );
  });
});
