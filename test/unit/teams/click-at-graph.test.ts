import assert from 'node:assert/strict';
import type { Person } from '../../../src/incident/model/approval.ts';
import { createGraphClient } from '../../../src/microsoft/graph/client.ts';
import { createDirectory } from '../../../src/microsoft/graph/directory.ts';
import { type Act, createClicks } from '../../../src/teams/turns/clicks.ts';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import { captureLog } from '../http/captured-log.ts';
import { HOUR, restricted } from '../incident/history.ts';
import { credentialOf } from './bot-of-tenant.ts';

const GRAPH_MS = 100;

describe('a click that waits for the directory', () => {
  it('is answered within 1 s when Graph answers in 100 ms', async () => {
    const tenant = await startTenant();
    const { checkEligible } = directoryOf(tenant);
    tenant.faults.add({ service: 'graph', kind: 'latency', ms: GRAPH_MS, times: 'until-cleared' });
    const { aadObjectId: objectId, displayName } = tenant.people.erik;
    let by: Person | undefined;
    const act: Act = async (_incidentId, event) => {
      by = event.by;
      return { kind: 'applied', incident: restricted() };
    };
    const tenantId = tenant.env.TENANT_ID ?? '';
    const noteRefused = async () => {};
    const deps = {
      checkEligible,
      act,
      noteRefused,
      finishFollowUp: async () => null,
      newId: () => '1',
      clock: Date.now,
      confirmWithinMs: HOUR,
      deadlineMs: 6000,
    };
    const click = createClicks({ ...deps, tenantId });
    const outcome = await click({ verb: 'acknowledge', incidentId: '1' }, { tenantId, objectId, name: 'E.' });
    const calls = tenant.record.filter(({ service }) => service === 'graph').length;
    await tenant.stop();
    assert.equal(outcome.kind, 'applied');
    // Even one after another they would take less.
    assert.ok(calls > 0 && calls * GRAPH_MS < 1_000, `${calls} calls`);
    assert.deepEqual(by, { tenantId, objectId, name: displayName });
  });
});

function directoryOf(tenant: Tenant) {
  const { GRAPH_ENDPOINT: endpoint = '', APPROVER_GROUP_ID: groupId = '' } = tenant.env;
  const access = { credential: credentialOf(tenant), endpoint, fetch, timeoutMs: 5000, log: captureLog().log };
  return createDirectory(createGraphClient(access), { groupId });
}
