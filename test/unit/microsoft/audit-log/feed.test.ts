import assert from 'node:assert/strict';
import { connectorChangeRecord } from '../../../tenant/activity-feed-records.ts';
import { failureOf } from '../http/failure-of.ts';
import { openFeed } from './open-feed.ts';

const NOW = Date.parse('2026-11-24T09:30:00Z');
const HOUR = 3_600_000;
const TYPE = 'Audit.Exchange';

describe('the activity feed', () => {
  let world: Awaited<ReturnType<typeof openFeed>>;

  beforeEach(async () => {
    world = await openFeed(() => NOW);
  });
  afterEach(() => world.tenant.stop());

  const list = () => world.feed.list(TYPE, NOW - HOUR, NOW + 1000);
  const change = () => connectorChangeRecord('Set-InboundConnector', 'Relay', 'aoi@tenant.example', NOW);

  it('is started once, however often it is requested', async () => {
    await world.feed.start(TYPE);
    await world.feed.start(TYPE);
    assert.deepEqual(
      world.requests().map(({ status }) => status),
      [200, 400],
    );
  });

  it('counts every request against the quota of this tenant, with a token for the feed', async () => {
    world.tenant.activityFeed.publish(TYPE, [change()]);
    const [content] = await list();
    assert.ok(content);
    await world.feed.read(content);
    for (const { path, tokenOk } of world.requests()) {
      assert.match(path, new RegExp(`PublisherIdentifier=${world.tenant.env.TENANT_ID}`));
      assert.equal(tokenOk, true);
    }
  });

  it('is started when it has not been, or was stopped', async () => {
    assert.deepEqual(await list(), []);
    world.tenant.activityFeed.stop(TYPE);
    assert.deepEqual(await list(), []);
    assert.ok(world.tenant.activityFeed.started(TYPE));
  });

  it('is listed to the last page', async () => {
    world.tenant.activityFeed.paging.pageSize = 2;
    const ids = Array.from({ length: 5 }, () => world.tenant.activityFeed.publish(TYPE, [change()]));
    assert.deepEqual(
      (await list()).map(({ id }) => id),
      ids,
    );
  });

  it('is refused with the code and message of its error', async () => {
    const { failure, message: words } = await failureOf(world.feed.list(TYPE, NOW - 48 * HOUR, NOW));
    assert.equal(failure, 'rejected');
    assert.match(words, /^AF20030: /);
  });

  it('reports the delay when it is throttled', async () => {
    const body = { error: { code: 'AF429', message: 'Too many requests.' } };
    world.tenant.faults.add({ service: 'activity-feed', kind: 'answer', status: 429, body, retryAfterSeconds: 7 });
    const { failure, retryAfterMs, message: words } = await failureOf(list());
    assert.deepEqual({ failure, retryAfterMs }, { failure: 'throttled', retryAfterMs: 7000 });
    assert.match(words, /^AF429/);
  });

  it('reports content that is not a list of records as malformed', async () => {
    world.tenant.activityFeed.publishNonsense(TYPE);
    const [content] = await list();
    assert.ok(content);
    assert.equal((await failureOf(world.feed.read(content))).failure, 'malformed');
  });

  it("sends its token to no address but this tenant's feed", async () => {
    const contentUri = 'https://evil.example/api/v1.0/another-tenant/activity/feed/audit/1';
    const body = [{ contentId: '1', contentUri }];
    world.tenant.faults.add({ service: 'activity-feed', kind: 'answer', status: 200, body });
    assert.equal((await failureOf(list())).failure, 'malformed');
  });
});
