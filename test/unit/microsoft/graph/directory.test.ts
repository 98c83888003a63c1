import assert from 'node:assert/strict';
import { json } from '../../../tenant/wire.ts';
import { failureOf } from '../http/failure-of.ts';
import { openGraph, openScriptedGraph } from './open-graph.ts';

describe('eligibility', () => {
  let graph: Awaited<ReturnType<typeof openGraph>>;

  beforeEach(async () => {
    graph = await openGraph(Date.now);
  });

  afterEach(() => graph.tenant.stop());

  it('includes members of the approver group, with their name in the directory', async () => {
    const { directory, tenant } = graph;
    assert.deepEqual(await directory.checkEligible(tenant.people.aoi.aadObjectId), { eligible: true, name: '佐藤 葵' });
  });

  it('includes members of nested groups', async () => {
    const { directory, tenant } = graph;
    assert.equal((await directory.checkEligible(tenant.people.nested.aadObjectId)).eligible, true);
  });

  it('is checked for upper-case ids too', async () => {
    const { server, directory } = await openScriptedGraph(({ method }) =>
      json(200, method === 'GET' ? member : { value: ['7D3C1F60-9A58-0E47-11D2-4B8CE05A9C01'] }),
    );
    const eligibility = await directory.checkEligible(member.id.toUpperCase());
    await server.stop();
    assert.equal(eligibility.eligible, true);
  });

  it('excludes people outside the group', async () => {
    const { directory, tenant } = graph;
    const eligibility = await directory.checkEligible(tenant.people.outsider.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'not_member' });
  });

  it('excludes members of another group with the same name', async () => {
    const { directory, tenant } = graph;
    const { approverGroupId, sameNamedGroupId, group } = tenant.directory;
    assert.equal(group(sameNamedGroupId)?.displayName, group(approverGroupId)?.displayName);
    assert.ok(tenant.directory.isMember(sameNamedGroupId, tenant.people.outsider.aadObjectId));
    const eligibility = await directory.checkEligible(tenant.people.outsider.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'not_member' });
  });

  it('excludes role holders while no role counts, without reading roles', async () => {
    const { directory, tenant, requests } = graph;
    const eligibility = await directory.checkEligible(tenant.people.activated.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'not_member' });
    assert.doesNotMatch(requests().join(), /roleManagement/);
  });

  it('excludes guests, even in the group', async () => {
    const { directory, tenant } = graph;
    tenant.directory.addMember(tenant.directory.approverGroupId, tenant.people.guest);
    const eligibility = await directory.checkEligible(tenant.people.guest.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'guest' });
  });

  it('excludes people whose account is disabled', async () => {
    const { directory, tenant } = graph;
    const eligibility = await directory.checkEligible(tenant.people.disabled.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'account_disabled' });
  });

  it('excludes people whom the directory does not know', async () => {
    const { directory, tenant } = graph;
    tenant.directory.deleteUser(tenant.people.erik);
    const eligibility = await directory.checkEligible(tenant.people.erik.aadObjectId);
    assert.deepEqual(eligibility, { eligible: false, reason: 'not_member' });
  });

  it('excludes ids that are not GUIDs, without calling Graph', async () => {
    const { directory, requests } = graph;
    const eligibility = await directory.checkEligible('../groups/x');
    assert.deepEqual(
      { eligibility, requests: requests() },
      { eligibility: { eligible: false, reason: 'not_member' }, requests: [] },
    );
  });

  it('is read afresh each time', async () => {
    const { directory, tenant } = graph;
    const id = tenant.people.erik.aadObjectId;
    await directory.checkEligible(id);
    tenant.directory.removeMember(tenant.directory.approverGroupId, tenant.people.erik);
    assert.equal((await directory.checkEligible(id)).eligible, false);
  });

  it('is unknown while Graph is unavailable', async () => {
    const { directory, tenant } = graph;
    tenant.faults.add({ service: 'graph', match: 'checkMemberGroups', kind: 'unavailable', times: 'until-cleared' });
    const { service, failure } = await failureOf(directory.checkEligible(tenant.people.aoi.aadObjectId));
    assert.deepEqual({ service, failure }, { service: 'graph', failure: 'unavailable' });
  });

  it('is unknown when the caller aborts', async () => {
    const { directory, tenant } = graph;
    const fault = tenant.faults.add({ service: 'graph', kind: 'hang', times: 'until-cleared' });
    const signal = AbortSignal.timeout(100);
    const { failure } = await failureOf(directory.checkEligible(tenant.people.aoi.aadObjectId, { signal }));
    fault.clear();
    assert.equal(failure, 'timeout');
  });

  it('is unknown when Graph omits whether the account is enabled', async () => {
    const { server, directory } = await openScriptedGraph(({ method }) =>
      json(200, method === 'GET' ? { ...member, accountEnabled: null } : { value: [] }),
    );
    const { failure } = await failureOf(directory.checkEligible(member.id));
    await server.stop();
    assert.equal(failure, 'malformed');
  });

  it('lists enabled members who are not guests, direct and nested', async () => {
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

  it('lists the readable members when others are unreadable', async () => {
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
