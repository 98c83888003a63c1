import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS } from '../../../src/incident/model/duration.ts';
import type { TrafficReading } from '../../../src/incident/model/traffic.ts';
import { type Database, openDatabase } from '../../../src/storage/database.ts';
import { knownTraffic, saveTraffic, TRAFFIC_RETENTION_MS } from '../../../src/storage/traffic.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';

const NOW = Date.parse('2026-09-01T08:00:00Z');
const ID = '159eb7c4-75d7-03e2-15fe-ced44b3e0001';

describeOnBothDatabases("a connector's hourly counts", (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase(await fresh());
  });
  afterEach(() => database.close());

  const keep = (changes: Partial<TrafficReading> = {}, id = ID) => saveTraffic(database.db, id, reading(changes));
  const known = () => knownTraffic(database.db, ID);

  it('are those of the latest reading, and never shrink', async () => {
    await keep({ hours: [{ at: NOW, messages: 40, judged: 3 }] });
    await keep({ hours: [{ at: NOW, messages: 30, judged: 9 }] });
    await keep({ hours: [{ at: NOW, messages: 7, judged: 7 }] }, 'another');
    assert.deepEqual((await known()).hours, [{ at: NOW, messages: 40, judged: 9 }]);
  });

  it('are known from the first complete reading on, while each continues where the last one ended', async () => {
    assert.equal((await known()).read, null);
    await keep({ from: NOW - 30 * DAY_MS, until: NOW });
    await keep({ from: NOW - 2 * DAY_MS, until: NOW + DAY_MS });
    assert.deepEqual((await known()).read, { from: NOW - 30 * DAY_MS, until: NOW + DAY_MS });
  });

  it('are known only since a gap', async () => {
    await keep({ from: NOW - 30 * DAY_MS, until: NOW });
    await keep({ from: NOW + DAY_MS, until: NOW + 2 * DAY_MS });
    assert.deepEqual((await known()).read, { from: NOW + DAY_MS, until: NOW + 2 * DAY_MS });
  });

  it('of an incomplete reading are stored, but do not extend the known period', async () => {
    await keep({ incomplete: 'more than 4 pages', hours: [{ at: NOW, messages: 5, judged: 0 }] });
    const { read, hours } = await known();
    assert.deepEqual({ read, count: hours.length }, { read: null, count: 1 });
  });

  it('are deleted after 90 days, with senders and addresses not seen since', async () => {
    const old = NOW - TRAFFIC_RETENTION_MS;
    const sender = { envelope: 'old.example', from: null, messages: 1, judged: 0, firstAt: old - HOUR_MS };
    await keep({ until: old - 1, hours: [{ at: old - HOUR_MS, messages: 1, judged: 0 }], senders: [sender] });
    await keep({ hours: [{ at: old, messages: 2, judged: 0 }] });
    const { hours, senders } = await known();
    assert.deepEqual({ hours, senders }, { hours: [{ at: old, messages: 2, judged: 0 }], senders: [] });
  });

  it('include senders and addresses, each from its first message on', async () => {
    const sender = { envelope: 'a.example', from: 'b.example', messages: 1, judged: 0, firstAt: NOW - HOUR_MS };
    const address = { address: '192.0.2.10', messages: 1, judged: 0, firstAt: NOW - HOUR_MS };
    await keep({ senders: [sender, { ...sender, envelope: '', firstAt: NOW }], addresses: [address] });
    await keep({ senders: [{ ...sender, firstAt: NOW }], addresses: [{ ...address, firstAt: NOW }] });
    const { senders, addresses } = await known();
    assert.deepEqual([...senders, ...addresses].map(({ value, firstAt }) => [value, firstAt]).sort(), [
      ['192.0.2.10', NOW - HOUR_MS],
      ['a.example', NOW - HOUR_MS],
      ['b.example', NOW - HOUR_MS],
    ]);
  });
});

function reading(changes: Partial<TrafficReading>): TrafficReading {
  const span = { from: NOW - 2 * DAY_MS, until: NOW, recentFrom: NOW - 2 * DAY_MS };
  return { source: 'hunting', ...span, incomplete: null, hours: [], senders: [], addresses: [], ...changes };
}
