import assert from 'node:assert/strict';
import { createStatusLog } from '../../../src/monitoring/status-log.ts';
import type { Database } from '../../../src/storage/database.ts';
import { saveObservation } from '../../../src/storage/observations.ts';
import { openTestDatabase } from '../../databases/open-test-database.ts';
import { until } from '../../tenant/until.ts';
import { captureLog } from '../http/captured-log.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const READ = { items: [], complete: true, reason: null };

describe('the status line in the log', () => {
  let database: Database;
  before(async () => {
    database = await openTestDatabase();
  });
  after(() => database.close());

  async function line() {
    const { log, lines } = captureLog();
    const status = createStatusLog({ db: database.db, clock: () => NOW, log });
    status.start();
    await until(() => lines.length > 0);
    status.stop();
    return lines[0];
  }

  it('reports that there has been no complete reading', async () => {
    const { event, readAt, oldestJobSeconds, deadJobs, unblockFailed } = (await line()) ?? assert.fail('no line');
    assert.deepEqual(
      { event, readAt, oldestJobSeconds, deadJobs, unblockFailed },
      { event: 'service_status', readAt: null, oldestJobSeconds: 0, deadJobs: 0, unblockFailed: 0 },
    );
  });

  it('reports when the last complete reading began', async () => {
    await saveObservation(database.db, { blocked: READ, inbound: READ, beganAt: NOW - 60_000, alerts: [] });
    assert.equal((await line())?.readAt, '2026-11-24T11:59:00.000Z');
  });
});
