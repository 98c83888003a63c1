import assert from 'node:assert/strict';
import { UpstreamError } from '../../../src/shared/errors.ts';
import type { Place } from '../../../src/storage/conversations.ts';
import type { Channel } from '../../../src/teams/ports.ts';
import { createChannel } from '../../../src/teams/transport/channel.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import { adapterFor, adminChannelOf } from './bot-of-tenant.ts';

const CARD = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', id: 'state', text: 'Restricted' }] };
const EDITED = { ...CARD, body: [{ type: 'TextBlock', id: 'state', text: 'Unblocked' }] };

async function failureOf(promise: Promise<unknown>): Promise<UpstreamError['details']> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof UpstreamError, String(error));
    return error.details;
  }
  throw new Error('it did not fail');
}

describe('the channel', () => {
  let tenant: Tenant;
  let channel: Channel;
  let place: Place;
  const speak = (timeoutMs?: number) => {
    const adapter = adapterFor(tenant, timeoutMs === undefined ? {} : { timeoutMs });
    return createChannel({ clientId: tenant.env.CLIENT_ID ?? '', connectorAt: (url) => adapter.connectorAt(url) });
  };
  const posts = () =>
    tenant.record.filter(({ service, operation }) => service === 'teams' && operation.startsWith('POST'));

  beforeEach(async () => {
    tenant = await startTenant();
    channel = speak();
    place = adminChannelOf(tenant);
  });

  afterEach(() => tenant.stop());

  it('takes a card that begins a thread before any activity has arrived', async () => {
    const { activityId } = await channel.postCard(place, CARD, 'A connector is restricted');
    const [message] = tenant.teams.messages(place.channelId);
    assert.equal(message?.id, activityId);
    assert.equal(message?.rootId, activityId);
    assert.deepEqual(tenant.teams.cardOf(activityId), CARD);
    assert.equal(message?.versions.at(-1)?.activity.summary, 'A connector is restricted');
  });

  it('sends nothing, and no token, to a service URL outside Teams', async () => {
    const elsewhere = await startTenant();
    const { serviceUrl } = elsewhere.teams;
    const { failure, message: words } = await failureOf(channel.postCard({ ...place, serviceUrl }, CARD, 'restricted'));
    await elsewhere.stop();
    assert.equal(failure, 'rejected');
    assert.match(words, /the only place our token may go/);
    assert.deepEqual(elsewhere.record, []);
  });

  it('shows a later version of the card in place of the first', async () => {
    const { activityId } = await channel.postCard(place, CARD, 'restricted');
    await channel.updateCard(place, activityId, EDITED, 'unblocked');
    assert.deepEqual(tenant.teams.cardOf(activityId), EDITED);
    assert.equal(tenant.teams.messages(place.channelId).length, 1);
  });

  it('takes replies in the thread of the card, with mentions', async () => {
    const { aoi } = tenant.people;
    const { activityId } = await channel.postCard(place, CARD, 'restricted');
    const text = '<at>佐藤 葵</at> please confirm';
    const entities = [
      { type: 'mention', text: '<at>佐藤 葵</at>', mentioned: { id: aoi.teamsId, name: aoi.displayName } },
    ];
    await channel.reply(place, activityId, { text, entities });
    const [reply] = tenant.teams.replies(activityId);
    assert.equal(reply?.versions[0]?.activity.text, text);
    assert.deepEqual(reply?.versions[0]?.activity.entities, entities);
  });

  it('has a roster of however many pages', async () => {
    tenant.teams.paging.rosterPageSize = 2;
    const roster = await channel.roster(place);
    const expected = tenant.teams.team.roster();
    assert.deepEqual(
      roster.map(({ id, objectId, name }) => [id, objectId, name]),
      expected.map(({ teamsId, aadObjectId, displayName }) => [teamsId, aadObjectId, displayName]),
    );
  });

  it('has a roster even when Teams sends null for the name, the object id or the next page', async () => {
    const [member] = tenant.teams.team.roster();
    const nameless = { id: member?.teamsId, name: null, aadObjectId: null };
    const body = { members: [nameless], continuationToken: null };
    tenant.faults.add({ service: 'teams', match: 'pagedmembers', kind: 'answer', status: 200, body });
    assert.deepEqual(await channel.roster(place), [{ id: member?.teamsId, name: '', objectId: null }]);
  });

  for (const status of [500, 502, 503, 504] as const) {
    it(`receives a card once when the response is ${status}, and the outcome is unknown`, async () => {
      tenant.faults.add({ service: 'teams', kind: 'act-then-fail', status });
      const details = await failureOf(channel.postCard(place, CARD, 'restricted'));
      assert.equal(details.failure, 'unavailable');
      assert.equal(details.effect, 'unknown');
      assert.equal(posts().length, 1);
      assert.equal(tenant.teams.cards(place.channelId).length, 1);
    });
  }

  it('receives a card once when it throttles, and the delay is kept', async () => {
    tenant.faults.add({ service: 'teams', kind: 'throttle', retryAfterSeconds: 7 });
    const details = await failureOf(channel.postCard(place, CARD, 'restricted'));
    assert.deepEqual([details.failure, details.retryAfterMs, details.effect], ['throttled', 7000, 'none']);
    assert.equal(posts().length, 1);
  });

  it('is sent a card once when the connection breaks after it', async () => {
    tenant.faults.add({ service: 'teams', kind: 'act-then-reset' });
    const details = await failureOf(channel.postCard(place, CARD, 'restricted'));
    assert.deepEqual([details.failure, details.effect], ['network', 'unknown']);
    assert.equal(posts().length, 1);
  });

  it('is not waited for without end', async () => {
    const hung = tenant.faults.add({ service: 'teams', kind: 'hang' });
    const details = await failureOf(speak(200).postCard(place, CARD, 'restricted'));
    hung.release();
    assert.deepEqual([details.failure, details.effect], ['timeout', 'unknown']);
  });

  it('reports that a card is gone', async () => {
    const { activityId } = await channel.postCard(place, CARD, 'restricted');
    tenant.teams.deleteMessage(activityId);
    const details = await failureOf(channel.updateCard(place, activityId, EDITED, 'unblocked'));
    assert.deepEqual([details.failure, details.effect], ['not_found', 'none']);
  });

  it('reports that the bot was removed', async () => {
    tenant.teams.removeBot();
    const details = await failureOf(channel.postCard(place, CARD, 'restricted'));
    assert.equal(details.failure, 'forbidden');
    assert.match(details.message, /BotNotInConversationRoster/);
  });

  it('reports that a card was too large', async () => {
    const large = { ...CARD, body: [{ type: 'TextBlock', text: 'x'.repeat(60_000) }] };
    const details = await failureOf(channel.postCard(place, large, 'restricted'));
    assert.deepEqual([details.failure, details.status], ['rejected', 413]);
  });

  it('is not called without a token', async () => {
    tenant.faults.add({ service: 'identity', kind: 'answer', status: 400, body: {}, times: 'until-cleared' });
    const details = await failureOf(channel.postCard(place, CARD, 'restricted'));
    assert.deepEqual([details.service, details.effect], ['entra', 'none']);
    assert.deepEqual(posts(), []);
  });
});
