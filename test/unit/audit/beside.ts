import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inspectTrail } from '../../../src/audit/inspect.ts';
import { createTrailWatch } from '../../../src/audit/trail-watch.ts';
import { open } from '../../../src/incident/diff/open.ts';
import { createLog } from '../../../src/shared/log.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { throttled } from '../../../src/storage/throttled.ts';
import type { Workflow } from '../../../src/workflow/workflow.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { startPostgres } from '../../databases/postgres-server.ts';
import { AOI, approve, CONNECTOR, T0 } from '../incident/history.ts';
import { fillTrail } from './fill-trail.ts';

/**
 * Measures how much longer a click's transaction takes while a trail of this many entries is checked beside it:
 * `node test/unit/audit/beside.ts [entries] [pauses, times the work] [postgres]`.
 */
const entries = Number(process.argv[2] ?? 100_000);
const pausePerWork = Number(process.argv[3] ?? 3);
if (process.argv.includes('postgres')) {
  const server = await startPostgres();
  await measure(await server.createDatabase()).finally(() => server.stop());
} else {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  await measure(`file:${join(folder, 'incidents.sqlite')}`).finally(() => rm(folder, { recursive: true }));
}

async function measure(url: string): Promise<void> {
  await fillTrail(url, entries);
  const { db, close } = await openDatabase(url);
  const log = createLog('silent');
  const brokenTrail = createTrailWatch({ loss: async () => null, clock: Date.now }).broken;
  const workflow = createTestWorkflow({ db, clock: () => T0 + 5, newId: randomUUID, brokenTrail, log });
  await workflow.open(open({ id: 'i', seq: 0, at: T0, connector: CONNECTOR, alerts: [], previousIncidentId: null }));
  await clicksDuring(workflow, pause(2_000));
  say('alone', await clicksDuring(workflow, pause(3_000)));
  const began = performance.now();
  const check = inspectTrail(throttled(db, pausePerWork), [], null).then(({ found }) => {
    say(
      `check of ${entries}: ${((performance.now() - began) / 1_000).toFixed(1)} s, ${found === null ? 'intact' : 'BROKEN'}`,
      [],
    );
  });
  say('beside the check', await clicksDuring(workflow, check));
  await close();
}

/**
 * Measures each of a series of approving clicks, ms from when it was due, including the time it waited for the process. Each
 * approval is withdrawn.
 */
async function clicksDuring(workflow: Workflow, work: Promise<unknown>): Promise<readonly number[]> {
  let isDone = false;
  work.finally(() => {
    isDone = true;
  });
  const times: number[] = [];
  while (!isDone) {
    const due = performance.now() + 5;
    await pause(5);
    const id = randomUUID();
    await workflow.apply('i', approve(AOI, T0 + 10, id));
    times.push(performance.now() - due);
    await workflow.apply('i', { kind: 'withdraw', at: T0 + 10, by: AOI, approvalId: id });
  }
  return times;
}

function say(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(1);
  const words =
    times.length === 0 ? '' : `: ${times.length} clicks, ${at(0.5)} ms median, ${at(0.95)} ms p95, ${at(1)} ms worst`;
  process.stdout.write(`${what}${words}\n`);
}
