import assert from 'node:assert/strict';
import { openForReading } from '../../src/storage/database.ts';
import { cardShows, incidentCard } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Sapporo';
const SENTENCE = 'Danger · Who may send: 11.0.0.0/8 lets 16,777,216 addresses send.';

describe('a finding of the checks', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({}, {}, ({ exchange }) =>
      exchange.addConnector(NAME, { SenderIPAddresses: ['11.0.0.0/8'], RequireTls: true }),
    );
    world.tenant.exchange.restrict(NAME);
  });
  afterEach(() => world.stop());

  const audited = async (action: string) => {
    const { db, close } = openForReading(world.databaseUrl);
    const row = await db.selectFrom('audit').selectAll().where('action', '=', action).executeTakeFirst();
    await close();
    return row === undefined ? undefined : JSON.parse(row.details);
  };

  it('is on the card, and is stored with the approval and in the audit trail', async () => {
    const { tenant } = world;
    const isShown = () => textOf(incidentCard(tenant, NAME)?.card ?? {}).includes(SENTENCE);
    await until(isShown, { what: 'the card says what was found' });
    assert.equal((await audited('findings_gathered')).event.findings[0].verdict, 'bad');
    const card = await cardShows(tenant, NAME, 'Restricted');
    await press(tenant, tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'Our own range') });
    await until(async () => (await audited('approve'))?.attestation.evidence?.length > 0, { what: 'the evidence' });
    const evidence = (await audited('approve')).attestation.evidence;
    const { statements } = evidence.find(({ check }: { check: string }) => check === 'who_may_send');
    assert.deepEqual(statements[0].values, { range: '11.0.0.0/8', count: 16_777_216 });
    assert.match(textOf((await cardShows(tenant, NAME, 'Waiting')).card), /16,777,216/);
  });
});
