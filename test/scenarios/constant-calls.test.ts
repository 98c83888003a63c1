import assert from 'node:assert/strict';
import { fillPast } from '../bench/fill-past.ts';
import { freePort } from '../network/free-port.ts';
import { until } from '../tenant/until.ts';
import { startWorld } from './start-service.ts';

const SECRET = 'a-client-state-that-nobody-else-knows';
/** Without a channel, so that a reconcile is followed by no card. */
const SETTINGS = { NOTIFICATION_SECRET: SECRET, POLL_SECONDS: '3600', ADMIN_CHANNEL_ID: '', ADMIN_TEAM_ID: '' };
/** Fixed, so that nothing but the notification makes a job due. */
const NOW = Date.now();

describe('a reconcile', () => {
  it('makes the same three calls to Microsoft, however many incidents are open or have ended', async () => {
    const calls = await callsWith({ ended: 0, open: 1 });
    assert.deepEqual(calls, ['GET /v1.0/security/alerts_v2', 'Get-BlockedConnector', 'Get-InboundConnector']);
    assert.deepEqual(await callsWith({ ended: 3_000, open: 40 }), calls);
  });
});

/** Returns the calls of one reconcile to Exchange and Graph, in the order of their names. */
async function callsWith({ ended, open }: { readonly ended: number; readonly open: number }) {
  const port = String(await freePort());
  const settings = { ...SETTINGS, PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` };
  const world = await startWorld(settings, { clock: () => NOW }, ({ defender }) => {
    defender.subscriptions.granted = true;
  });
  const { exchange, defender, record } = world.tenant;
  try {
    await world.restart({}, async () => {
      const restricted = Array.from({ length: open }, (_, number) => exchange.addConnector(`Relay ${number}`));
      for (const { Name } of restricted) exchange.restrict(Name, { alert: false });
      const connectors = restricted.map(({ Guid: id, Name: name }) => ({ id, name }));
      await fillPast(world.databaseUrl, { ended, open: connectors });
    });
    await until(() => defender.subscriptions.active().length === 1, { what: 'a subscription' });
    await world.drain();
    const before = record.length;
    await defender.notify({ clientState: SECRET });
    await world.drain();
    const calls = record.slice(before).map(({ operation }) => operation.replace(/\?.*$/, ''));
    return calls.toSorted();
  } finally {
    await world.stop();
  }
}
