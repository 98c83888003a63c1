import assert from 'node:assert/strict';
import { readConfig } from '../../../../src/config/config.ts';
import { createActivityFeed } from '../../../../src/microsoft/audit-log/feed.ts';
import { createCredential } from '../../../../src/microsoft/credential.ts';
import { createLog } from '../../../../src/shared/log.ts';
import { startTenant, type Tenant } from '../../../tenant/tenant.ts';

/** Creates the product's client of the activity feed for a simulated tenant. */
export async function openFeed(clock: () => number) {
  const tenant = await startTenant({ now: clock });
  return { tenant, feed: feedOf(tenant), requests: () => requestsOf(tenant) };
}

function feedOf(tenant: Tenant) {
  const read = readConfig({ ...tenant.env, ACTIVITY_FEED: 'on' });
  assert.ok(read.ok && read.config.activityFeed !== null);
  const { config } = read;
  return createActivityFeed({
    ...read.config.activityFeed,
    tenantId: config.tenantId,
    credential: createCredential(config),
    fetch,
    timeoutMs: 2000,
    log: createLog('silent'),
    clock: Date.now,
    backoff: { budgetMs: 0, firstPauseMs: 1, random: () => 0 },
  });
}

function requestsOf({ record }: Tenant) {
  return record.filter(({ service }) => service === 'activity-feed');
}
