import assert from 'node:assert/strict';
import { z } from 'zod';
import { startTenant, type Tenant } from './tenant.ts';
import { tokenFor } from './token-for-tests.ts';

const pageSchema = z.object({
  value: z.array(z.looseObject({ id: z.string() })),
  '@odata.nextLink': z.url().optional(),
});
const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), innerError: z.object({ 'request-id': z.guid() }) }),
});

describe('the simulated Graph', () => {
  let tenant: Tenant;
  let now: number;
  let token: string;

  beforeEach(async () => {
    now = Date.parse('2026-09-01T08:00:00Z');
    tenant = await startTenant({ now: () => now });
    token = await tokenFor(tenant, 'https://graph.microsoft.com');
  });

  afterEach(() => tenant.stop());

  function ask(path: string, method = 'GET', body?: unknown): Promise<Response> {
    const url = path.startsWith('http') ? path : `${tenant.env.GRAPH_ENDPOINT}/v1.0${path}`;
    return fetch(url, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  async function listed(path: string) {
    const response = await ask(path);
    assert.equal(response.status, 200, await response.clone().text());
    return pageSchema.parse(await response.json());
  }

  it('refuses a token that is not for Graph, with an error in its own shape', async () => {
    token = await tokenFor(tenant, 'https://outlook.office365.com');
    const response = await ask('/organization');
    assert.equal(response.status, 401);
    assert.ok(response.headers.get('request-id'));
    assert.equal(errorSchema.parse(await response.json()).error.code, 'InvalidAuthenticationToken');
  });

  it('shows whether an account is enabled only when requested', async () => {
    const { disabled } = tenant.people;
    const byDefault = await (await ask(`/users/${disabled.aadObjectId}`)).json();
    assert.ok(!('accountEnabled' in Object(byDefault)));
    const user = await (await ask(`/users/${disabled.aadObjectId}?$select=id,accountEnabled`)).json();
    assert.equal(Object(user).accountEnabled, false);
    const missing = await ask('/users/00000000-0000-0000-0000-000000000001');
    assert.equal(missing.status, 404);
    assert.equal(errorSchema.parse(await missing.json()).error.code, 'Request_ResourceNotFound');
  });

  it('finds membership through nested groups', async () => {
    const groupIds = [tenant.directory.approverGroupId, '00000000-0000-0000-0000-000000000002'];
    const memberOf = async (id: string) => {
      const response = await ask(`/users/${id}/checkMemberGroups`, 'POST', { groupIds });
      return z.object({ value: z.array(z.string()) }).parse(await response.json()).value;
    };
    assert.deepEqual(await memberOf(tenant.people.nested.aadObjectId), [tenant.directory.approverGroupId]);
    assert.deepEqual(await memberOf(tenant.people.outsider.aadObjectId), []);
    tenant.directory.removeMember(tenant.directory.nestedGroupId, tenant.people.nested);
    assert.deepEqual(await memberOf(tenant.people.nested.aadObjectId), []);
  });

  it('pages through the members of a group', async () => {
    const path = `/groups/${tenant.directory.approverGroupId}/transitiveMembers/microsoft.graph.user`;
    const ids: string[] = [];
    let next: string | undefined = `${path}?$select=id,accountEnabled&$top=4`;
    while (next !== undefined) {
      const page = await listed(next);
      ids.push(...page.value.map((one) => one.id));
      next = page['@odata.nextLink'];
    }
    const { aoi, erik, markup, nested, absent, disabled } = tenant.people;
    const expected = [aoi, erik, markup, nested, absent, disabled].map((one) => one.aadObjectId);
    assert.deepEqual(ids.toSorted(), expected.toSorted());
  });

  it('filters, orders and pages alerts by the documented properties', async () => {
    const ids = [0, 1, 2].map((minute) => {
      now += 60_000 * minute;
      return tenant.defender.raise().id;
    });
    const since = encodeURIComponent("lastUpdateDateTime gt 2026-09-01T08:00:00Z and status eq 'new'");
    const newer = await listed(`/security/alerts_v2?$filter=${since}&$orderby=createdDateTime`);
    assert.deepEqual(
      newer.value.map((one) => one.id),
      ids.slice(1),
    );
    tenant.defender.paging.pageSize = 2;
    const first = await listed('/security/alerts_v2');
    const second = await listed(first['@odata.nextLink'] ?? '');
    assert.deepEqual([...first.value, ...second.value].map((one) => one.id).toSorted(), ids.toSorted());
    assert.equal(second['@odata.nextLink'], undefined);
    const top = await listed('/security/alerts_v2?$top=1&$skip=1');
    assert.deepEqual([top.value.length, top['@odata.nextLink']], [1, undefined]);
  });

  it('refuses to filter on what Microsoft does not document', async () => {
    for (const filter of ["title eq 'Suspicious connector activity'", 'nonsense', 'lastUpdateDateTime ge yesterday']) {
      const response = await ask(`/security/alerts_v2?$filter=${encodeURIComponent(filter)}`);
      assert.equal(response.status, 400, filter);
    }
  });

  it('resolves an alert and keeps its comments', async () => {
    const { id } = tenant.defender.raise();
    now += 1000;
    const patched = await ask(`/security/alerts_v2/${id}`, 'PATCH', { status: 'resolved', determination: 'other' });
    assert.equal(patched.status, 200);
    const comment = { '@odata.type': 'microsoft.graph.security.alertComment', comment: 'unblocked by two' };
    const commented = await ask(`/security/alerts_v2/${id}/comments`, 'POST', comment);
    assert.equal(commented.status, 200);
    const alert = tenant.defender.find(id);
    assert.equal(alert?.status, 'resolved');
    assert.equal(alert?.resolvedDateTime, '2026-09-01T08:00:01Z');
    assert.equal(alert?.comments[0]?.comment, 'unblocked by two');
    assert.equal((await ask(`/security/alerts_v2/${id}`, 'PATCH', { determination: 'clean' })).status, 400);
    assert.equal((await ask('/security/alerts_v2/fa0', 'PATCH', { status: 'resolved' })).status, 404);
  });

  it('refuses a subscription to alerts_v2, as tenants do today', async () => {
    const response = await ask('/subscriptions', 'POST', {
      changeType: 'created,updated',
      notificationUrl: 'http://127.0.0.1:9/api/notifications',
      resource: 'security/alerts_v2',
      expirationDateTime: '2026-09-02T08:00:00Z',
      clientState: 'a secret',
    });
    assert.equal(response.status, 400);
    assert.ok(!JSON.stringify(tenant.record).includes('a secret'));
  });

  it('gives the answer that a test sets', async () => {
    tenant.permissions.grant('ThreatHunting.Read.All');
    tenant.graph.answer('POST /v1.0/security/runHuntingQuery', () => ({ schema: [], results: [] }));
    const response = await ask('/security/runHuntingQuery', 'POST', { Query: 'EmailEvents' });
    assert.deepEqual(await response.json(), { schema: [], results: [] });
    assert.equal((await ask('/nowhere')).status, 400);
  });

  it('records who was eligible when', () => {
    const { directory, people } = tenant;
    const eligible = () => directory.eligibility.at(-1)?.ids.has(people.nested.aadObjectId);
    const [beginning] = directory.eligibility;
    assert.equal(eligible(), true);
    assert.equal(beginning?.ids.has(people.disabled.aadObjectId), false);
    directory.removeMember(directory.nestedGroupId, people.nested);
    assert.equal(eligible(), false);
    directory.addMember(directory.approverGroupId, people.nested);
    assert.equal(eligible(), true);
    directory.disable(people.nested);
    assert.equal(eligible(), false);
    assert.equal(directory.eligibility.length, 4);
  });
});
