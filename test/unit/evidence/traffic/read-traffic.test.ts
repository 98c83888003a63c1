import assert from 'node:assert/strict';
import { createTrafficCheck } from '../../../../src/evidence/checks/traffic.ts';
import type { Subject } from '../../../../src/evidence/subject.ts';
import { createReadTraffic } from '../../../../src/evidence/traffic/read-traffic.ts';
import { traceableAddresses } from '../../../../src/evidence/traffic/traceable-addresses.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/incident/model/duration.ts';
import { createHunting } from '../../../../src/microsoft/graph/hunting.ts';
import { createMessageTrace } from '../../../../src/microsoft/graph/message-trace.ts';
import type { Database } from '../../../../src/storage/database.ts';
import { knownTraffic } from '../../../../src/storage/traffic.ts';
import { openTestDatabase } from '../../../databases/open-test-database.ts';
import { attackersConnector, hijackedServer, volumeJump } from '../../../tenant/mail-stories.ts';
import { SEED_CONNECTORS } from '../../../tenant/tenant-exchange.ts';
import { openGraph } from '../../microsoft/graph/open-graph.ts';

const START = Date.parse('2026-09-01T08:30:00Z');
const HUNTING = 'ThreatHunting.Read.All';
const TRACE = 'ExchangeMessageTrace.Read.All';

describe("reading a connector's mail", () => {
  let graph: Awaited<ReturnType<typeof openGraph>>;
  let database: Database;
  let now: number;

  beforeEach(async () => {
    now = START;
    graph = await openGraph(() => now);
    database = await openTestDatabase();
  });
  afterEach(async () => {
    await graph.tenant.stop();
    await database.close();
  });

  const subjectOf = (name: string, addresses: readonly string[] = ['192.0.2.10']): Subject => ({
    id: graph.tenant.exchange.connectors().find(({ Name }) => Name === name)?.Guid ?? assert.fail(name),
    name,
    configuration: { SenderIPAddresses: addresses },
    ...{ createdAt: null, changedAt: null, changedBy: null, restrictedSince: now, incidentId: 'incident-1' },
  });
  function reader(patienceMs = 20_000) {
    const clients = { hunting: createHunting(graph.client), trace: createMessageTrace(graph.client) };
    const readTraffic = createReadTraffic({
      db: database.db,
      clock: () => now,
      clients: { incident: clients, posture: clients },
    });
    const check = createTrafficCheck(readTraffic);
    const options = () => ({ at: now, signal: AbortSignal.timeout(patienceMs) });
    return {
      read: (subject: Subject) => readTraffic(subject, options()),
      run: async (subject: Subject) =>
        (await check.run(subject, options())).map(({ kind, verdict }) => `${kind} ${verdict}`),
    };
  }
  const calls = (path: string) => graph.tenant.calls(path).length;

  it('leads to a concern for a jump without spam, and to bad for a hijacked server', async () => {
    const { tenant } = graph;
    tenant.permissions.grant(HUNTING);
    volumeJump(tenant.mail, SEED_CONNECTORS.relay, now - HOUR_MS);
    hijackedServer(tenant.mail, SEED_CONNECTORS.scanner, now - HOUR_MS);
    const { run } = reader();
    assert.deepEqual(await run(subjectOf(SEED_CONNECTORS.relay)), ['volume_jump concern']);
    assert.deepEqual(await run(subjectOf(SEED_CONNECTORS.scanner)), ['judged_mail bad', 'volume_jump concern']);
  });

  it('recognizes a connector that an attacker created by its age and its spam', async () => {
    graph.tenant.permissions.grant(HUNTING);
    attackersConnector(graph.tenant.mail, SEED_CONNECTORS.partner, now - HOUR_MS);
    const found = await reader().run(subjectOf(SEED_CONNECTORS.partner));
    assert.deepEqual(found, ['judged_mail bad', 'growth_too_fast concern']);
  });

  it('falls back to message trace without a licence, and tries hunting again an hour later', async () => {
    const { tenant } = graph;
    tenant.permissions.grant(HUNTING);
    tenant.permissions.grant(TRACE);
    tenant.mail.hunting.licensed = false;
    hijackedServer(tenant.mail, SEED_CONNECTORS.relay, now - HOUR_MS);
    const { read } = reader();
    const facts = await read(subjectOf(SEED_CONNECTORS.relay));
    assert.equal(facts.kind === 'read' && facts.reading.source, 'trace');
    now += 2 * 60_000;
    await read(subjectOf(SEED_CONNECTORS.relay));
    assert.equal(calls('runHuntingQuery'), 1);
    tenant.mail.hunting.licensed = true;
    now += HOUR_MS;
    const later = await read(subjectOf(SEED_CONNECTORS.relay));
    assert.equal(later.kind === 'read' && later.reading.source, 'hunting');
  });

  it('is unknown with every reason when there is no permission at all', async () => {
    assert.deepEqual(await reader().run(subjectOf(SEED_CONNECTORS.relay)), [
      'not_permitted unknown',
      'not_permitted unknown',
    ]);
    assert.deepEqual(await reader().run(subjectOf(SEED_CONNECTORS.partner, [])), [
      'not_permitted unknown',
      'trace_needs_addresses unknown',
    ]);
  });

  it('is unknown when hunting is throttled or times out and trace is not permitted', async () => {
    graph.tenant.permissions.grant(HUNTING);
    const about = { service: 'graph', match: 'runHuntingQuery' } as const;
    graph.tenant.faults.add({ ...about, kind: 'throttle', retryAfterSeconds: 60 });
    const [busy, ...others] = await reader().run(subjectOf(SEED_CONNECTORS.relay));
    assert.match(busy ?? '', / unknown$/);
    assert.ok(
      others.every((it) => it.endsWith(' unknown')),
      others.join(),
    );
    const held = graph.tenant.faults.add({ ...about, kind: 'hang' });
    const { run } = reader(200);
    assert.deepEqual((await run(subjectOf(SEED_CONNECTORS.relay)))[0], 'no_answer_in_time unknown');
    held.release();
  });

  it('is never good when message trace always returns a further page', async () => {
    const { tenant } = graph;
    tenant.permissions.grant(TRACE);
    tenant.mail.steady(SEED_CONNECTORS.relay, 30, 9);
    tenant.mail.trace.endless = true;
    const found = await reader().run(subjectOf(SEED_CONNECTORS.relay));
    assert.ok(found.includes('incomplete unknown'), found.join());
    assert.equal(calls('messageTraces'), 4);
  });

  it('is done once for the checks that run together', async () => {
    graph.tenant.permissions.grant(HUNTING);
    const { read } = reader();
    const subject = subjectOf(SEED_CONNECTORS.relay);
    await Promise.all([read(subject), read(subject), read(subject)]);
    assert.equal(calls('runHuntingQuery'), 1);
    now += 61_000;
    await read(subject);
    assert.equal(calls('runHuntingQuery'), 2);
  });

  it('is done again for an incident when a daily check was denied it just before', async () => {
    graph.tenant.permissions.grant(HUNTING);
    graph.tenant.faults.add({ service: 'graph', match: 'runHuntingQuery', kind: 'throttle', retryAfterSeconds: 60 });
    const { read } = reader();
    const subject = subjectOf(SEED_CONNECTORS.relay);
    assert.equal((await read({ ...subject, incidentId: null })).kind, 'unread');
    assert.equal((await read(subject)).kind, 'read');
  });

  it('reads everything the source has at first, and later only new mail', async () => {
    const { tenant } = graph;
    tenant.permissions.grant(HUNTING);
    tenant.mail.steady(SEED_CONNECTORS.relay, 35, 29);
    const { read } = reader();
    await read(subjectOf(SEED_CONNECTORS.relay));
    now += DAY_MS;
    const facts = await read(subjectOf(SEED_CONNECTORS.relay));
    assert.ok(facts.kind === 'read' && facts.reading.from >= now - 2 * DAY_MS - 2 * HOUR_MS);
    const known = await knownTraffic(database.db, subjectOf(SEED_CONNECTORS.relay).id);
    assert.ok(known.hours.length >= 28 * 24);
    assert.ok(known.read !== null && known.read.until - known.read.from > 30 * DAY_MS);
  });
});

describe('the addresses searched for in message trace', () => {
  it('are those the connector lists, a few at most', () => {
    const traced = (...addresses: readonly string[]) => traceableAddresses({ SenderIPAddresses: addresses });
    assert.deepEqual(traced('192.0.2.10', '198.51.100.8/30'), {
      addresses: ['192.0.2.10', '198.51.100.8', '198.51.100.9', '198.51.100.10', '198.51.100.11'],
      isPart: false,
    });
    const wide = traced('198.51.100.77/24');
    assert.deepEqual(
      { first: wide.addresses[0], count: wide.addresses.length, isPart: wide.isPart },
      {
        ...{ first: '198.51.100.0', count: 8, isPart: true },
      },
    );
    assert.deepEqual(traced('2001:db8::1', '2001:db8::/64'), { addresses: ['2001:db8::1'], isPart: true });
    assert.deepEqual(traced('10.0.0.1', 'nonsense'), { addresses: [], isPart: false });
    assert.deepEqual(traceableAddresses(null), { addresses: [], isPart: false });
  });
});
