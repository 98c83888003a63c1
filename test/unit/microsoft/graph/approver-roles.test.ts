import assert from 'node:assert/strict';
import type { Person } from '../../../tenant/people.ts';
import { assigned, EXCHANGE_ADMINISTRATOR } from '../../../tenant/role-assignments.ts';
import { json } from '../../../tenant/wire.ts';
import { failureOf } from '../http/failure-of.ts';
import { openGraph, openScriptedGraph } from './open-graph.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 10, 24, 9);
const ROLES = { APPROVER_GROUP_ID: '', APPROVER_ROLE_IDS: EXCHANGE_ADMINISTRATOR };

describe('eligibility by a role', () => {
  let graph: Awaited<ReturnType<typeof openGraph>>;
  let now: number;

  const begin = async (variables: NodeJS.ProcessEnv = ROLES) => {
    now = T0;
    graph = await openGraph(() => now, variables);
  };
  beforeEach(() => begin());
  afterEach(() => graph.tenant.stop());

  const check = ({ aadObjectId }: Person) => graph.directory.checkEligible(aadObjectId);
  const inactive = { eligible: false, reason: 'no_active_role' };

  it('includes people who have activated it', async () => {
    const { activated } = graph.tenant.people;
    assert.deepEqual(await check(activated), { eligible: true, name: activated.displayName });
  });

  it('includes people it is permanently assigned to', async () => {
    const { directory, people } = graph.tenant;
    directory.roleAssignments.push(assigned(people.erik));
    assert.equal((await check(people.erik)).eligible, true);
  });

  it('excludes people who could activate it and have not', async () => {
    assert.deepEqual(await check(graph.tenant.people.unactivated), inactive);
  });

  it('ends at its end time, even while Graph still lists it', async () => {
    assert.deepEqual(await check(graph.tenant.people.expired), inactive);
    const { activated } = graph.tenant.people;
    now = T0 + 7 * HOUR - 1;
    assert.equal((await check(activated)).eligible, true);
    now += 1;
    assert.deepEqual(await check(activated), inactive);
  });

  it('excludes assignments that have not begun or whose times cannot be read', async () => {
    const { directory, people } = graph.tenant;
    const start = new Date(T0 + HOUR).toISOString();
    directory.roleAssignments.push(assigned(people.erik, { startDateTime: start }));
    directory.roleAssignments.push(assigned(people.aoi, { endDateTime: 'soon' }));
    assert.deepEqual(await check(people.erik), inactive);
    assert.deepEqual(await check(people.aoi), inactive);
    now = T0 + HOUR;
    assert.equal((await check(people.erik)).eligible, true);
  });

  it('excludes assignments for an administrative unit only', async () => {
    assert.deepEqual(await check(graph.tenant.people.ofUnit), inactive);
  });

  it('excludes people with another role', async () => {
    assert.deepEqual(await check(graph.tenant.people.outsider), inactive);
  });

  it('includes members of a group it is assigned to until they leave', async () => {
    const { directory, people } = graph.tenant;
    assert.equal((await check(people.throughGroup)).eligible, true);
    directory.removeMember(directory.roleGroupId, people.throughGroup);
    assert.deepEqual(await check(people.throughGroup), inactive);
  });

  it('includes people whom Graph lists as having it through a group', async () => {
    const { directory, people } = graph.tenant;
    directory.roleAssignments.push(assigned(people.erik, { memberType: 'Group' }));
    assert.equal((await check(people.erik)).eligible, true);
  });

  it('excludes guests and disabled accounts, each with its own reason', async () => {
    const { directory, people } = graph.tenant;
    directory.roleAssignments.push(assigned(people.guest), assigned(people.disabled));
    assert.deepEqual(await check(people.guest), { eligible: false, reason: 'guest' });
    assert.deepEqual(await check(people.disabled), { eligible: false, reason: 'account_disabled' });
  });

  it('is found on every page', async () => {
    const { graph: control, directory, people } = graph.tenant;
    control.rolePaging.pageSize = 1;
    const others = ['e8611ab8-c189-46e8-94e1-60213ab1f814', '194ae4cb-b126-40b2-bd5b-6091b380977d'];
    for (const roleDefinitionId of others) {
      directory.roleAssignments.push(assigned(people.erik, { roleDefinitionId }));
    }
    directory.roleAssignments.push(assigned(people.erik));
    assert.equal((await check(people.erik)).eligible, true);
    assert.equal((await check(people.throughGroup)).eligible, true);
  });

  it('is read afresh each time', async () => {
    const { directory, people } = graph.tenant;
    assert.equal((await check(people.activated)).eligible, true);
    directory.roleAssignments.length = 0;
    assert.deepEqual(await check(people.activated), inactive);
  });

  it('is unknown while Graph fails or returns only a part', async () => {
    const { faults, people } = graph.tenant;
    const away = faults.add({ service: 'graph', match: 'roleAssignment', kind: 'unavailable', times: 'until-cleared' });
    assert.equal((await failureOf(check(people.activated))).failure, 'unavailable');
    away.clear();
    const row = { ...assigned(people.erik), directoryScopeId: 7 };
    for (const unreadable of ['principalId eq', 'roleDefinitionId eq']) {
      const { server, directory } = await openScriptedGraph(
        ({ path, query }) => {
          if (query.get('$filter')?.startsWith(unreadable) === true) return json(200, { value: [row] });
          if (path.includes('roleAssignment') || path.includes('check')) return json(200, { value: [] });
          return json(200, user(people.erik));
        },
        [EXCHANGE_ADMINISTRATOR],
      );
      const { failure } = await failureOf(directory.checkEligible(people.erik.aadObjectId));
      await server.stop();
      assert.equal(failure, 'malformed', unreadable);
    }
  });

  it('needs the group or a role when both count', async () => {
    await graph.tenant.stop();
    await begin({ APPROVER_ROLE_IDS: EXCHANGE_ADMINISTRATOR });
    const { people } = graph.tenant;
    for (const person of [people.aoi, people.nested, people.activated, people.throughGroup]) {
      assert.equal((await check(person)).eligible, true, person.displayName);
    }
    assert.deepEqual(await check(people.outsider), { eligible: false, reason: 'neither_member_nor_role' });
  });

  describe('in a tenant without Entra ID P2', () => {
    beforeEach(() => {
      graph.tenant.graph.rolePaging.premium = false;
    });

    it('includes people it is assigned to, directly or through a group, and nobody else', async () => {
      const { directory, people } = graph.tenant;
      directory.roleAssignments.push(assigned(people.erik));
      for (const person of [people.erik, people.throughGroup])
        assert.equal((await check(person)).eligible, true, person.displayName);
      assert.deepEqual(await check(people.ofUnit), inactive);
      assert.deepEqual(await check(people.outsider), inactive);
    });

    it('lists the same people', async () => {
      const { directory, people } = graph.tenant;
      directory.roleAssignments.length = 0;
      directory.roleAssignments.push(assigned(people.erik), assigned({ aadObjectId: directory.roleGroupId }));
      const { items, complete } = await graph.directory.listEligible();
      const expected = [people.erik, people.throughGroup].map(({ aadObjectId }) => aadObjectId);
      assert.deepEqual(items.map(({ objectId }) => objectId).sort(), expected.sort());
      assert.equal(complete, true);
    });

    it('includes activations once the tenant has the licence', async () => {
      const { people, graph: control } = graph.tenant;
      control.rolePaging.premium = true;
      assert.equal((await check(people.activated)).eligible, true);
    });

    it('is unknown when the app may not read the assignments either', async () => {
      graph.tenant.permissions.revoke('RoleManagement.Read.Directory');
      assert.equal((await failureOf(check(graph.tenant.people.erik))).failure, 'forbidden');
    });
  });

  it('is found through a group when Graph accepts no $select within $expand', async () => {
    graph.tenant.graph.rolePaging.nestedSelect = false;
    assert.equal((await check(graph.tenant.people.throughGroup)).eligible, true);
    graph.tenant.graph.rolePaging.premium = false;
    assert.equal((await check(graph.tenant.people.throughGroup)).eligible, true);
  });

  it('lists the holders of the role and the members of its groups, each once', async () => {
    const { directory, people } = graph.tenant;
    directory.roleAssignments.push(assigned(people.throughGroup), assigned(people.guest), assigned(people.disabled));
    const { items, complete } = await graph.directory.listEligible();
    const expected = [people.activated, people.throughGroup].map(({ aadObjectId }) => aadObjectId);
    assert.deepEqual(items.map(({ objectId }) => objectId).sort(), expected.sort());
    assert.equal(complete, true);
  });

  it('has an incomplete list when more than 300 people hold the role', async () => {
    const { directory } = graph.tenant;
    const ids = Array.from({ length: 301 }, (_, index) => `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`);
    for (const aadObjectId of ids) directory.roleAssignments.push(assigned({ aadObjectId }));
    const { complete, reason } = await graph.directory.listEligible();
    assert.deepEqual({ complete, reason }, { complete: false, reason: 'more than 300 people hold an approver role' });
  });
});

function user({ aadObjectId, displayName }: Person) {
  return { id: aadObjectId, displayName, accountEnabled: true, userType: 'Member' };
}
