import assert from 'node:assert/strict';
import { json } from '../../../tenant/wire.ts';
import { failureOf } from '../http/failure-of.ts';
import { openGraph, openScriptedGraph } from './open-graph.ts';

describe('who is eligible', () => {
  let graph: Awaited<ReturnType<typeof openGraph>>;

  beforeEach(async () => {
    graph = await openGraph(Date.now);
  });

  afterEach(() => graph.tenant.stop());

  it('is a member of the approver group, by the name the directory has', async () => {
    const { directory, tenant } = graph;
    assert.deepEqual(await directory.checkEligible(tenant.people.aoi.aadObjectId), { eligible: true, name: '佐藤 葵' });
  });

  it('is a member through another group', async () => {
    const { directory, tenant } = graph;
    assert.equal((await directory.checkEligible(tenant.people.nested.aadObjectId)).eligible, true);
  });

  it('is asked by upper-case ids too', async () => {
    const { server, directory } = await openScriptedGraph(({ method }) =>
      json(200, method === 'GET' ? member : { value: ['7D3C1F60-9A58-0E47-11D2-4B8CE05A9C01'] }),
    );
    const eligibility = await directory.checkEligible(member.id.toUpperCase());
    await server.stop();
    assert.equal(eligibility.eligible, true);
  });

  it('is nobody outside the group', async () => {
    const { directory, tenant } = graph;
    const eligibility = await directory.checkEligible(tenant.people.outsider.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'not_member' });
  });

  it('is nobody in a group that only has the name of the approver group', async () => {
    const { directory, tenant } = graph;
    const { approverGroupId, sameNamedGroupId, group } = tenant.directory;
    assert.equal(group(sameNamedGroupId)?.displayName, group(approverGroupId)?.displayName);
    assert.ok(tenant.directory.isMember(sameNamedGroupId, tenant.people.outsider.aadObjectId));
    const eligibility = await directory.checkEligible(tenant.people.outsider.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'not_member' });
  });

  it('is nobody by a role while no role counts, and Graph is not asked for roles', async () => {
    const { directory, tenant, requests } = graph;
    const eligibility = await directory.checkEligible(tenant.people.activated.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'not_member' });
    assert.doesNotMatch(requests().join(), /roleManagement/);
  });

  it('is no guest, even in the group', async () => {
    const { directory, tenant } = graph;
    tenant.directory.addMember(tenant.directory.approverGroupId, tenant.people.guest);
    const eligibility = await directory.checkEligible(tenant.people.guest.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'guest' });
  });

  it('is nobody whose account is disabled', async () => {
    const { directory, tenant } = graph;
    const eligibility = await directory.checkEligible(tenant.people.disabled.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'account_disabled' });
  });

  it('is nobody the directory does not know', async () => {
    const { directory, tenant } = graph;
    tenant.directory.deleteUser(tenant.people.erik);
    const eligibility = await directory.checkEligible(tenant.people.erik.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'not_member' });
  });

  it('is nobody whose id is not a GUID, and Graph is not asked', async () => {
    const { directory, requests } = graph;
    const eligibility = await directory.checkEligible('../groups/x');
    assert.deepEqual(
      { eligibility, requests: requests() },
      { eligibility: { eligible: false, reason: 'not_member' }, requests: [] },
    );
  });

  it('is asked afresh each time', async () => {
    const { directory, tenant } = graph;
    const id = tenant.people.erik.aadObjectId;
    await directory.checkEligible(id);
    tenant.directory.removeMember(tenant.directory.approverGroupId, tenant.people.erik);
    assert.equal((await directory.checkEligible(id)).eligible, false);
  });

  it('is unknown while Graph cannot say', async () => {
    const { directory, tenant } = graph;
    tenant.faults.add({ service: 'graph', match: 'checkMemberGroups', kind: 'unavailable', times: 'until-cleared' });
    const { service, failure } = await failureOf(directory.checkEligible(tenant.people.aoi.aadObjectId));
    assert.deepEqual({ service, failure }, { service: 'graph', failure: 'unavailable' });
  });

  it('is unknown when the patience of the caller ends', async () => {
    const { directory, tenant } = graph;
    const fault = tenant.faults.add({ service: 'graph', kind: 'hang', times: 'until-cleared' });
    const signal = AbortSignal.timeout(100);
    const { failure } = await failureOf(directory.checkEligible(tenant.people.aoi.aadObjectId, { signal }));
    fault.clear();
    assert.equal(failure, 'timeout');
  });

  it('is unknown when Graph does not say whether the account is enabled', async () => {
    const { server, directory } = await openScriptedGraph(({ method }) =>
      json(200, method === 'GET' ? { ...member, accountEnabled: null } : { value: [] }),
    );
    const { failure } = await failureOf(directory.checkEligible(member.id));
    await server.stop();
    assert.equal(failure, 'malformed');
  });

  it('are, in the list, enabled members who are no guests, direct or not', async () => {
    const { directory, tenant } = graph;
    const { aoi, erik, markup, absent, nested, guest } = tenant.people;
    tenant.directory.addMember(tenant.directory.approverGroupId, guest);
    const { items, complete } = await directory.listEligible();
    assert.deepEqual(
      items.map(({ objectId }) => objectId).sort(),
      [aoi, erik, markup, absent, nested].map(({ aadObjectId }) => aadObjectId).sort(),
    );
    assert.equal(complete, true);
  });

  it('are, in the list, those that could be read when others could not', async () => {
    const { server, directory } = await openScriptedGraph(() => json(200, { value: [member, { id: 'x' }] }));
    const reading = await directory.listEligible();
    await server.stop();
    assert.deepEqual(reading, {
      items: [{ objectId: member.id, name: 'Aoi' }],
      complete: false,
      reason: 'Graph sent 1 members that could not be read',
    });
  });
});

const member = { id: '5a0c7701-3d1e-0b42-c0de-6f21d3e4a501', displayName: 'Aoi', accountEnabled: true, userType: null };
