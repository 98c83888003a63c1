import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { verifyAudit } from '../../src/audit/verify.ts';
import { readAudit } from '../../src/storage/audit.ts';
import { type Db, openForReading } from '../../src/storage/database.ts';
import { approvalDocument } from '../../src/storage/incident-document.ts';
import { listLatest } from '../../src/storage/incidents.ts';
import type { AuditRow } from '../../src/storage/schema.ts';
import type { RecordedRequest } from '../tenant/record.ts';
import type { Evidence } from './evidence.ts';
import { seenCards } from './seen-cards.ts';
import type { World } from './world.ts';

const MAX_INCIDENTS = 10_000;

const removeSchema = z.object({
  CmdletInput: z.object({ Parameters: z.looseObject({ ConnectorId: z.string(), Reason: z.string() }) }),
});

/** Collects the evidence of a trial. */
export async function gather(world: World): Promise<Evidence> {
  const { replicas, presses, notices, secrets, plan } = world;
  const logs = await Promise.all(replicas.map(({ logPath }) => readFile(logPath, 'utf8').catch(() => '')));
  return {
    tenant: tenantSide(world),
    presses: [...presses],
    notices: [...notices],
    database: await exported(world.databaseUrl),
    logs: logs.flatMap((log) => log.split('\n').filter((line) => line !== '')),
    exits: replicas.flatMap(({ exits }, index) => exits.map((exit) => ({ replica: `replica ${index + 1}`, ...exit }))),
    secrets: secrets.filter((secret) => secret !== ''),
    databaseTroubled: plan.troubles.some((trouble) => ['disk', 'postgres', 'pauses'].includes(trouble)),
  };
}

function tenantSide({ tenant }: World): Evidence['tenant'] {
  const { record, exchange, directory, defender } = tenant;
  return {
    removeCalls: record.filter(({ operation }) => operation === 'Remove-BlockedConnector').map(removeCall),
    checks: record.flatMap(checkIn),
    looks: record.filter(({ operation }) => operation === 'Get-BlockedConnector').map(({ at }) => at),
    periods: [...exchange.periods],
    configurations: exchange.versions.map(({ at, connector }) => ({
      connectorId: connector.Guid,
      at,
      addresses: connector.SenderIPAddresses,
    })),
    eligibility: [...directory.eligibility],
    alerts: defender.all().map(({ id, status, comments }) => ({
      id,
      status,
      comments: comments.map(({ comment }) => comment),
    })),
    cards: seenCards(tenant).map(({ activityId, headline, text }) => ({ activityId, headline, text })),
  };
}

function removeCall({ at, body }: RecordedRequest) {
  const { ConnectorId, Reason } = removeSchema.parse(body).CmdletInput.Parameters;
  return { at, connectorId: ConnectorId, reason: Reason };
}

function checkIn({ operation, at, answeredAt }: RecordedRequest) {
  const [, of] = /^POST .*\/users\/([^/]+)\/checkMemberGroups$/.exec(operation) ?? [];
  return of === undefined ? [] : [{ of: of.toLowerCase(), from: at, to: answeredAt ?? at }];
}

async function exported(url: string): Promise<Evidence['database']> {
  const { db, close } = openForReading(url);
  try {
    return await tables(db);
  } finally {
    await close();
  }
}

async function tables(db: Db): Promise<Evidence['database']> {
  const approvals = await db.selectFrom('approvals').selectAll().execute();
  const cards = await db.selectFrom('cards').selectAll().execute();
  const audit: AuditRow[] = [];
  for await (const page of readAudit(db)) audit.push(...page);
  return {
    incidents: await listLatest(db, MAX_INCIDENTS, null),
    approvals: approvals.map(({ document, incident_id }) => ({
      ...approvalDocument.parse(JSON.parse(document)),
      incidentId: incident_id,
    })),
    cards: new Map(cards.map(({ incident_id, activity_id }) => [incident_id, activity_id])),
    jobs: await db.selectFrom('jobs').selectAll().execute(),
    audit,
    verdict: await verifyAudit(db),
  };
}
