import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readConfig } from '../../src/config/config.ts';
import { diff } from '../../src/incident/diff/diff.ts';
import type { Incident } from '../../src/incident/model/incident.ts';
import { createMicrosoft365 } from '../../src/service/microsoft-365.ts';
import { createLog } from '../../src/shared/log.ts';
import { recordAlert } from '../../src/storage/alerts.ts';
import { appendAudit } from '../../src/storage/audit.ts';
import { saveCard } from '../../src/storage/cards.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { insertIncident } from '../../src/storage/incidents.ts';
import { openedEntry } from '../../src/workflow/audit-entry.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { tokenFor } from '../tenant/token-for-tests.ts';

const BOT = 'https://api.botframework.com';

/**
 * Fills an empty database with an open incident for each restricted connector of the tenant, as the service itself would find
 * them, and posts a card for each. Teams' limits would let the service post a thousand cards in eight minutes.
 */
export async function fillOpen(tenant: Tenant, url: string): Promise<void> {
  const incidents = await restrictedNow(tenant, url);
  const channelId = tenant.teams.team.adminChannel.id;
  const token = await tokenFor(tenant, BOT);
  const { db, close } = await openDatabase(url);
  await db.transaction().execute(async (trx) => {
    for (const incident of incidents) {
      const { id, openedAt, alerts } = incident;
      await insertIncident(trx, incident);
      await appendAudit(trx, openedEntry(incident, openedAt));
      for (const alert of alerts) await recordAlert(trx, alert.id, id, openedAt);
      await saveCard(trx, id, { channelId, activityId: await postCard(tenant, channelId, token) }, openedAt);
    }
  });
  await close();
}

/** Reads the tenant with the service's own clients and compares the reading with an empty database. */
async function restrictedNow(tenant: Tenant, url: string): Promise<readonly Incident[]> {
  const read = readConfig({ ...tenant.env, DATABASE_URL: url });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const now = Date.now();
  const runtime = { log: createLog('fatal'), clock: () => now, newId: randomUUID, random: Math.random };
  const clients = createMicrosoft365(read.config, { ...runtime, fetch: globalThis.fetch, pause: async () => {} });
  const { items } = await clients.alerts.listChangedSince(0);
  const observation = {
    ...{ seq: 0, beganAt: now, alerts: items, changes: [] },
    blocked: await clients.connectors.listBlocked(),
    inbound: await clients.connectors.listInbound(),
  };
  const none = { open: [], ended: [], previous: new Map(), alerts: new Map(), first: false };
  return diff(none, observation, now, randomUUID).flatMap((it) => (it.kind === 'open' ? [it.opened.incident] : []));
}

const posted = z.object({ id: z.string() });

async function postCard({ teams }: Tenant, channelId: string, token: string): Promise<string> {
  const content = { type: 'AdaptiveCard', version: '1.5', body: [] };
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
  const response = await fetch(`${teams.serviceUrl}/v3/conversations/${encodeURIComponent(channelId)}/activities`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ type: 'message', attachments }),
  });
  return posted.parse(await response.json()).id;
}
