import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openForReading } from '../../src/storage/database.ts';
import { singleJob } from '../../src/storage/job.ts';
import { isWaiting } from '../../src/storage/jobs.ts';
import { describeOnFreezableDatabases } from '../databases/open-test-database.ts';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { createServiceProcess, type ServiceProcess } from '../demo/service-process.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';
import { startFlood } from './flood.ts';

const SECRET = 'a-client-state-that-nobody-else-knows';
const OPEN = 'Relay Kofu';
const LATE = 'Relay Ueda';
const FLOOD = 1_000;
/** More than the 500 deliveries that may be under way. */
const CONNECTIONS = 600;

describeOnFreezableDatabases('a flood of notifications', (fresh, freeze) => {
  let tenant: Tenant;
  let service: ServiceProcess;
  let folder: string;
  let databaseUrl: string;

  before(async () => {
    tenant = await startTenant();
    folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
    databaseUrl = await fresh();
    tenant.defender.subscriptions.granted = false;
    tenant.exchange.addConnector(OPEN);
    tenant.exchange.addConnector(LATE);
    tenant.exchange.restrict(OPEN, { alert: false });
    const push = { PUBLIC_URL: 'http://127.0.0.1:9', NOTIFICATION_SECRET: SECRET };
    const settings = { ...tenant.env, ...push, DATABASE_URL: databaseUrl, POLL_SECONDS: '3600' };
    service = await createServiceProcess(folder, settings);
    await service.start();
    tenant.connectBot(service.url);
    // A service that has run for a while knows the keys that activities are signed with.
    await tenant.teams.say({ person: tenant.people.aoi, text: 'help', where: 'personal' });
  });
  after(async () => {
    await service.end();
    await tenant.stop();
    await rm(folder, { recursive: true });
  });

  const notify = () => tenant.defender.notify({ clientState: SECRET });
  /** Retries a notification until it is accepted, as Graph does. */
  const deliver = () => until(async () => (await notify()).status === 202, { what: 'a 202' });
  async function metric(name: string): Promise<number> {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const line = text.split('\n').find((it) => it.startsWith(`${name} `));
    return line === undefined ? 0 : Number(line.slice(name.length));
  }
  const accepted = () => metric('connector_guard_notification_deliveries_total{outcome="accepted"}');
  const commits = () => metric('connector_guard_notification_commits_total');
  const reconciled = () => metric('connector_guard_job_seconds_count{task="reconcile",outcome="done"}');
  const memoryMib = async () => Math.round((await metric('process_resident_memory_bytes')) / 1024 ** 2);

  const floods: { kill(): void }[] = [];
  // One that a failed test left behind would flood the tests after it.
  afterEach(() => {
    for (const one of floods.splice(0)) one.kill();
  });
  const flood = async (connections: number, atLeast = 100) => {
    const body = JSON.stringify({ value: [{ clientState: SECRET, resource: 'security/alerts_v2/1' }] });
    const flooding = await startFlood({ url: `${service.url}/api/notifications`, body, connections, atLeast });
    floods.push(flooding);
    return flooding;
  };

  it('is accepted or refused, shares few commits, and does not delay the response to a click or a chat', async () => {
    const card = await cardShows(tenant, OPEN, 'Restricted');
    const { erik, aoi } = tenant.people;
    const before = {
      ...{ accepted: await accepted(), commits: await commits(), memory: await memoryMib() },
      reconciled: await reconciled(),
    };
    const flooding = await flood(CONNECTIONS, FLOOD);
    // Both at once: the flood lasts until they are answered, and takes a processor meanwhile.
    const [{ ms: clickMs }, { ms: chatMs }] = await Promise.all([
      timed(() => press(tenant, erik, card, { verb: 'approve', inputs: attested(card, 'The queue is clean') })),
      timed(async () => {
        const message = await tenant.teams.say({ person: aoi, text: 'status connectors', where: 'personal' });
        await until(() => tenant.teams.replies(message.activityId).length > 0, { what: 'a reply' });
      }),
    ]);
    const { 202: taken = 0, 503: turnedAway = 0, ...others } = await flooding.end();
    assert.deepEqual(others, {});
    assert.ok(taken + turnedAway >= FLOOD);
    // Figures are shared for 2 s, so the first ones may be from before the flood.
    await until(async () => (await accepted()) - before.accepted === taken, { what: `${taken} counted as accepted` });
    const shared = (await commits()) - before.commits;
    const begun = (await reconciled()) - before.reconciled + 1;
    // While a reconcile that was requested has not begun, nothing more has to be committed.
    assert.ok(shared > 0 && shared <= begun + 1, `${shared} commits for ${taken}, and at most ${begun} reconciles`);
    tell(`202: ${taken}, 503: ${turnedAway}, commits: ${shared}, reconciles: at most ${begun}`);
    tell(`click ${clickMs} ms, chat ${chatMs} ms, memory ${before.memory} → ${await memoryMib()} MiB`);
    await cardShows(tenant, OPEN, 'Waiting');
  });

  it('leads to a card for a restriction just before its last 202', async () => {
    const flooding = await flood(50);
    tenant.exchange.restrict(LATE, { alert: false });
    await deliver();
    await flooding.end();
    await cardShows(tenant, LATE, 'Restricted');
  });

  it('loses nothing accepted, is refused while the database hangs unless it is stored already, and a click is answered', async () => {
    tenant.exchange.unblockInPortal(LATE);
    await deliver();
    const open = await cardShows(tenant, OPEN, 'Waiting');
    const goOn = await freeze(databaseUrl);
    try {
      for (let delivery = 0; delivery < 3; delivery += 1) {
        const { status, ms } = await notify();
        assert.ok(status === 503 || (status === 202 && (await isStored(databaseUrl))), String(status));
        tell(`${status} after ${Math.round(ms)} ms`);
      }
      const reply = await press(tenant, tenant.people.erik, open, { verb: 'acknowledge' });
      // Which of the two is answered depends on how long the statement before it has waited for the database.
      assert.match(reply, /taking longer than usual|nothing was lost\. Try again/);
      const flooding = await flood(CONNECTIONS, FLOOD);
      const tally = await flooding.end();
      const { 202: taken = 0, 503: _turnedAway, ...others } = tally;
      assert.deepEqual(others, {});
      assert.ok(taken === 0 || (await isStored(databaseUrl)), `${taken} were accepted`);
      assert.equal((await fetch(`${service.url}/healthz`)).status, 200);
    } finally {
      goOn();
    }
    await cardShows(tenant, LATE, 'Unblocked');
    await deliver();
  });
});

/**
 * Returns whether a reconcile is stored that is due within a second and has not begun. A hanging file can still be read; a
 * server cannot.
 */
async function isStored(databaseUrl: string): Promise<boolean> {
  if (!databaseUrl.startsWith('file:')) return false;
  const { db, close } = openForReading(databaseUrl);
  try {
    return await isWaiting(db, singleJob('reconcile', Date.now() + 1_000));
  } finally {
    await close();
  }
}

async function timed(act: () => Promise<unknown>): Promise<{ readonly ms: number }> {
  const began = performance.now();
  await act();
  return { ms: Math.round(performance.now() - began) };
}

function tell(line: string): void {
  process.stdout.write(`      ${line}\n`);
}
