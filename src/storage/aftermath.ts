import { isDrill } from '../incident/model/drill.ts';
import { DAY_MS, HOUR_MS } from '../incident/model/duration.ts';
import type { Aftermath, Earlier, SinceUnblock } from '../incident/model/follow-up.ts';
import type { Incident } from '../incident/model/incident.ts';
import { hourOf, totalOf } from '../incident/model/traffic.ts';
import type { Db } from './database.ts';
import { listFollowUps } from './follow-up.ts';
import { readIncident } from './incidents.ts';
import { knownTraffic } from './traffic.ts';

/** How long an earlier incident is relevant to a new restriction. */
const EARLIER_MS = 30 * DAY_MS;

/** Reads what an incident's card shows besides the incident. `watchMs` is how long a connector is watched after an unblock. */
export async function readAftermath(db: Db, incident: Incident, watchMs: number): Promise<Aftermath> {
  const [followUps, since, earlier] = await Promise.all([
    listFollowUps(db, incident.id),
    incident.endedAt === null ? null : sinceUnblock(db, incident),
    earlierOf(db, incident),
  ]);
  return { followUps, since, watchedUntil: watchedUntil(incident, watchMs), earlier };
}

function watchedUntil(incident: Incident, watchMs: number): number | null {
  const { state, connector, endedAt } = incident;
  const isWatched = state === 'unblocked' && connector !== null && !isDrill(incident);
  return isWatched && endedAt !== null ? endedAt + watchMs : null;
}

/** Counts the mail since the first full hour after the unblock. Returns null when none of it has been read yet. */
export async function sinceUnblock(db: Db, { state, connector, endedAt }: Incident): Promise<SinceUnblock | null> {
  if (state !== 'unblocked' || connector === null || endedAt === null) return null;
  const from = hourOf(endedAt) + HOUR_MS;
  const { read, hours } = await knownTraffic(db, connector.id);
  return read === null || read.until < from ? null : totalOf(hours.filter(({ at }) => at >= from));
}

async function earlierOf(db: Db, { previousIncidentId, openedAt }: Incident): Promise<Earlier | null> {
  const previous = previousIncidentId === null ? null : await readIncident(db, previousIncidentId);
  if (previous === null || previous.endedAt === null || openedAt - previous.endedAt > EARLIER_MS) return null;
  const { endedAt, approval } = previous;
  const confirmed = approval?.ending?.kind === 'confirmed' ? approval : null;
  return {
    endedAt,
    approver: confirmed?.approver.name ?? null,
    confirmer: confirmed?.confirmer?.name ?? null,
    reason: confirmed?.reason ?? null,
    followUps: await listFollowUps(db, previous.id),
  };
}
