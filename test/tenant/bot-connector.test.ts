import assert from 'node:assert/strict';
import { z } from 'zod';
import { startTenant, type Tenant } from './tenant.ts';
import { tokenFor } from './token-for-tests.ts';

const errorSchema = z.object({ error: z.object({ code: z.string() }) });
const membersSchema = z.object({
  members: z.array(z.object({ id: z.string(), aadObjectId: z.guid() })),
  continuationToken: z.string().optional(),
});

describe('the simulated Bot Connector', () => {
  let tenant: Tenant;
  let token: string;

  beforeEach(async () => {
    tenant = await startTenant();
    token = await tokenFor(tenant, 'https://api.botframework.com');
  });

  afterEach(() => tenant.stop());

  function ask(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${tenant.teams.serviceUrl}v3/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  async function refusal(response: Response) {
    return [response.status, errorSchema.parse(await response.json()).error.code];
  }

  const channelPath = () => `conversations/${encodeURIComponent(tenant.env.ADMIN_CHANNEL_ID ?? '')}`;

  it('pages through the roster', async () => {
    tenant.teams.paging.rosterPageSize = 3;
    const ids: string[] = [];
    let query = '?pageSize=500';
    for (;;) {
      const page = membersSchema.parse(await (await ask('GET', `${channelPath()}/pagedmembers${query}`)).json());
      ids.push(...page.members.map((one) => one.aadObjectId));
      if (page.continuationToken === undefined) break;
      query = `?pageSize=500&continuationToken=${page.continuationToken}`;
    }
    const roster = tenant.teams.team.roster().map((one) => one.aadObjectId);
    assert.deepEqual(ids, roster);
    assert.ok(!roster.includes(tenant.people.absent.aadObjectId));
  });

  it('finds a member by either id, and nobody else', async () => {
    const { aoi, absent } = tenant.people;
    assert.equal((await ask('GET', `${channelPath()}/members/${aoi.teamsId}`)).status, 200);
    assert.equal((await ask('GET', `${channelPath()}/members/${aoi.aadObjectId}`)).status, 200);
    assert.equal((await ask('GET', `${channelPath()}/members/${absent.teamsId}`)).status, 404);
  });

  it('returns the team and its channels', async () => {
    const team = await (await ask('GET', `teams/${tenant.teams.team.id}`)).json();
    assert.equal(Object(team).aadGroupId, tenant.env.ADMIN_TEAM_ID);
    const channels = await (await ask('GET', `teams/${tenant.teams.team.id}/conversations`)).text();
    assert.ok(channels.includes(tenant.env.ADMIN_CHANNEL_ID ?? '-'));
  });

  it('places a message by thread or known parent, and begins a thread for an invented parent', async () => {
    const say = async (path: string) => {
      const response = await ask('POST', path, { type: 'message', text: 'x' });
      return z.object({ id: z.string() }).parse(await response.json()).id;
    };
    const root = await say(`${channelPath()}/activities`);
    const inThread = await say(`${channelPath()}${encodeURIComponent(`;messageid=${root}`)}/activities/invented`);
    const underParent = await say(`${channelPath()}/activities/${root}`);
    const elsewhere = await say(`${channelPath()}/activities/invented`);
    assert.deepEqual(
      tenant.teams.replies(root).map((one) => one.id),
      [inThread, underParent],
    );
    assert.equal(tenant.teams.messages().find((one) => one.id === elsewhere)?.rootId, elsewhere);
  });

  it('opens a personal chat', async () => {
    const { aoi } = tenant.people;
    const created = await ask('POST', 'conversations', { members: [{ id: aoi.teamsId }], isGroup: false });
    const { id } = z.object({ id: z.string() }).parse(await created.json());
    assert.equal(created.status, 201);
    assert.equal((await ask('POST', `conversations/${id}/activities`, { type: 'message', text: 'x' })).status, 201);
    assert.equal(tenant.teams.messages(id).length, 1);
  });

  it('refuses an unknown channel, a channel thread without a message, and a message that is too big', async () => {
    const message = { type: 'message', text: 'x' };
    const unknown = await ask('POST', 'conversations', {
      channelData: { channel: { id: '19:nowhere@thread.tacv2' } },
      activity: message,
    });
    assert.deepEqual(await refusal(unknown), [404, 'ConversationNotFound']);
    const channelData = { channel: { id: tenant.env.ADMIN_CHANNEL_ID } };
    assert.deepEqual(await refusal(await ask('POST', 'conversations', { channelData })), [400, 'BadSyntax']);
    const big = await ask('POST', `${channelPath()}/activities`, { ...message, text: 'x'.repeat(60_000) });
    assert.deepEqual(await refusal(big), [413, 'MessageSizeTooBig']);
  });

  it('lets a bot delete its own message, and change no one else’s', async () => {
    const { id } = z
      .object({ id: z.string() })
      .parse(await (await ask('POST', `${channelPath()}/activities`, { type: 'message', text: 'x' })).json());
    const path = `${channelPath()}/activities/${id}`;
    assert.equal((await ask('DELETE', path)).status, 200);
    assert.deepEqual(await refusal(await ask('DELETE', path)), [404, 'ActivityNotFoundInConversation']);
    tenant.connectBot('http://127.0.0.1:9');
    const saying = tenant.teams.say({ person: tenant.people.aoi, text: 'mine', where: 'channel' });
    await assert.rejects(saying);
    const mine = tenant.teams.messages().at(-1)?.id;
    const edit = await ask('PUT', `${channelPath()}/activities/${mine}`, { type: 'message', text: 'yours' });
    assert.equal(edit.status, 403);
  });

  it('delivers a post but answers 502 on request', async () => {
    tenant.faults.add({ service: 'teams', match: /^POST .*\/activities/, kind: 'act-then-fail' });
    const response = await ask('POST', `${channelPath()}/activities`, { type: 'message', text: 'x' });
    assert.equal(response.status, 502);
    assert.equal(tenant.teams.messages().length, 1);
  });

  it('accepts only tokens for the Bot Framework', async () => {
    token = await tokenFor(tenant, 'https://graph.microsoft.com');
    assert.equal((await ask('POST', `${channelPath()}/activities`, { type: 'message' })).status, 401);
  });
});
