import assert from 'node:assert/strict';
import { type Check, type Finding, finding, type Verdict } from '../../../src/incident/model/finding.ts';
import { stillReported, unreported, verdictOf } from '../../../src/incident/model/posture.ts';

function found(check: Check, verdict: Verdict): Finding {
  return finding(check, [{ kind: 'check_failed', verdict, values: {} }], 1);
}

describe('a notice about a connector outside an incident', () => {
  it('is each check that is bad, once', () => {
    const findings = [found('traffic', 'bad'), found('senders', 'bad'), found('accounts', 'concern')];
    assert.deepEqual(unreported({ findings, notified: ['senders'] }), ['traffic']);
    assert.deepEqual(unreported({ findings, notified: ['senders', 'traffic'] }), []);
  });

  it('may be reported again only after it was better, not after it was unknown', () => {
    const reported: readonly Check[] = ['traffic'];
    assert.deepEqual(stillReported(reported, [found('traffic', 'bad')]), reported);
    assert.deepEqual(stillReported(reported, [found('traffic', 'unknown')]), reported);
    assert.deepEqual(stillReported(reported, []), reported);
    assert.deepEqual(stillReported(reported, [found('traffic', 'concern')]), []);
    assert.deepEqual(stillReported(reported, [found('traffic', 'good')]), []);
  });

  it('is summarized by the worst of its checks, and unknown before the first', () => {
    assert.equal(verdictOf({ findings: [] }), 'unknown');
    assert.equal(verdictOf({ findings: [found('traffic', 'good'), found('senders', 'unknown')] }), 'unknown');
    assert.equal(verdictOf({ findings: [found('traffic', 'bad'), found('senders', 'concern')] }), 'bad');
  });
});
