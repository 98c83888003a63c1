import assert from 'node:assert/strict';
import { createCheck, type RunnableCheck, whole } from '../../../src/evidence/check.ts';
import { createGather } from '../../../src/evidence/gather.ts';
import type { Subject } from '../../../src/evidence/subject.ts';
import type { Check, Finding, Statement } from '../../../src/incident/model/finding.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { silentLog } from '../microsoft/http/recorded-log.ts';

const SUBJECT: Subject = {
  id: '159eb7c4-75d7-43e2-95fe-ced44b3e0a56',
  name: 'Relay from Osaka',
  configuration: null,
  createdAt: null,
  changedAt: null,
  changedBy: null,
  restrictedSince: 1,
  incidentId: 'incident-1',
};
const GOOD: Statement = { kind: 'treated_as_internal', verdict: 'good', values: {} };

function check(name: Check, read: Parameters<typeof createCheck<null>>[0]['read'], timeoutMs = 1_000): RunnableCheck {
  return createCheck({ check: name, timeoutMs, source: 'graph', read, judge: () => [GOOD] });
}

function failing(failure: 'forbidden' | 'throttled' | 'timeout') {
  const details = {
    service: 'graph',
    operation: 'POST /security/runHuntingQuery',
    message: 'no',
    effect: 'none',
  } as const;
  return async () => {
    throw new UpstreamError({ ...details, failure });
  };
}

async function gather(...checks: readonly RunnableCheck[]): Promise<readonly (readonly Finding[])[]> {
  const batches: (readonly Finding[])[] = [];
  const run = createGather({ checks, clock: () => 7, log: silentLog });
  await run(SUBJECT, async (findings) => {
    batches.push(findings);
  });
  return batches;
}

describe('gathering findings', () => {
  it('hands over the findings of every check at once, with the time each reading began', async () => {
    const batches = await gather(
      check('traffic', async () => whole(null)),
      check('accounts', async () => whole(null)),
    );
    assert.equal(batches.length, 1);
    assert.deepEqual(
      batches[0]?.map(({ check: name, verdict, readAt }) => [name, verdict, readAt]),
      [
        ['traffic', 'good', 7],
        ['accounts', 'good', 7],
      ],
    );
  });

  it('lets a check that hangs end at its time limit, as unknown, and delay no other', async () => {
    let aborted = false;
    const hanging = check(
      'traffic',
      (_subject, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            aborted = true;
          });
        }),
      30,
    );
    const [batch = []] = await gather(
      hanging,
      check('accounts', async () => whole(null)),
    );
    assert.deepEqual(batch.find(({ check: name }) => name === 'traffic')?.statements, [
      { kind: 'no_answer_in_time', verdict: 'unknown', values: { source: 'graph' } },
    ]);
    assert.equal(batch.find(({ check: name }) => name === 'accounts')?.verdict, 'good');
    assert.ok(aborted);
  });

  it('names the permission that a refused reading lacks', async () => {
    const [[it] = []] = await gather(check('traffic', failing('forbidden')));
    assert.deepEqual(it?.statements, [
      { kind: 'not_permitted', verdict: 'unknown', values: { source: 'graph', permission: 'User.Read.All' } },
    ]);
  });

  it('contains the service’s message for any other failure, and marks a bug as one', async () => {
    const [batch = []] = await gather(
      check('traffic', failing('throttled')),
      check('accounts', async () => {
        throw new TypeError('a defect');
      }),
    );
    assert.deepEqual(
      batch.map(({ check: name, statements: [{ kind, verdict }] }) => [name, kind, verdict]).toSorted(),
      [
        ['accounts', 'check_failed', 'unknown'],
        ['traffic', 'no_answer', 'unknown'],
      ],
    );
  });

  it('finds nothing good when a part of its reading is missing', async () => {
    const missing: Statement = {
      kind: 'incomplete',
      verdict: 'unknown',
      values: { source: 'dns', reason: 'SERVFAIL' },
    };
    const [[it] = []] = await gather(check('traffic', async () => ({ facts: null, missing: [missing] })));
    assert.equal(it?.verdict, 'unknown');
    assert.equal(it?.statements.length, 2);
  });
});
