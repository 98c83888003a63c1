import assert from 'node:assert/strict';
import { type CallPurpose, createPermit, HUNTING, MESSAGE_TRACE } from '../../../src/jobs/call-limits.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { failureOf } from '../microsoft/http/failure-of.ts';

const MINUTE = 60_000;
const NOW = 1_800_000_000_000;

describeOnBothDatabases('the limited calls of a tenant', (fresh) => {
  let replicas: readonly Database[];
  let now: number;

  beforeEach(async () => {
    now = NOW;
    const url = await fresh();
    const first = await openDatabase(url);
    // SQLite serves one process only.
    replicas = url.startsWith('file:') ? [first, first] : [first, await openDatabase(url)];
  });
  afterEach(async () => {
    for (const { close } of new Set(replicas)) await close();
  });

  const permit = (limit: typeof HUNTING, purpose: CallPurpose, replica = 0) => {
    const { db } = replicas[replica] ?? assert.fail();
    return createPermit({ db, clock: () => now }, limit, purpose);
  };

  async function isGranted(ask: () => Promise<void>): Promise<boolean> {
    try {
      await ask();
      return true;
    } catch (error) {
      if (error instanceof UpstreamError && error.details.failure === 'throttled') return false;
      throw error;
    }
  }

  it('are at most 90 traces in any 5 minutes, however many replicas call', async () => {
    const asks = [permit(MESSAGE_TRACE, 'incident', 0), permit(MESSAGE_TRACE, 'incident', 1)];
    const made: number[] = [];
    for (let minute = 0; minute < 11; minute += 1, now += MINUTE)
      for (let number = 0; number < 24; number += 1)
        if (await isGranted(asks[number % 2] ?? assert.fail())) made.push(now);
    for (const from of made) assert.ok(made.filter((at) => at >= from && at < from + 5 * MINUTE).length <= 90);
    assert.ok(made.length >= 180);
  });

  it('stay available for an incident when the daily checks have used their share', async () => {
    for (let number = 0; number < 20; number += 1) await permit(HUNTING, 'posture')();
    const { failure, retryAfterMs, heldBack } = await failureOf(permit(HUNTING, 'posture', 1)());
    assert.deepEqual(
      { failure, retryAfterMs, heldBack },
      { failure: 'throttled', retryAfterMs: MINUTE, heldBack: true },
    );
    await permit(HUNTING, 'incident')();
  });

  it('of one kind do not count against another', async () => {
    for (let number = 0; number < 20; number += 1) await permit(HUNTING, 'posture')();
    await permit(MESSAGE_TRACE, 'posture')();
  });
});
