import { DAY_MS } from '../../incident/model/duration.ts';
import { isWorkingTime } from '../../incident/model/working-hours.ts';
import { claimCursor, readCursor } from '../../storage/alerts.ts';
import { watchingPlace } from '../../storage/conversations.ts';
import { latestDrill } from '../../storage/drills.ts';
import { listOpen } from '../../storage/incidents.ts';
import type { Reschedule } from '../run-job.ts';
import { deliverOnce, type NoticeDependencies } from './delivery.ts';

export type DrillProposalDependencies = NoticeDependencies & {
  /** How long after the last drill or proposal the next one is proposed, ms; null for never. */
  readonly drillEveryMs: number | null;
  /** IANA name of the time zone of the working hours. */
  readonly timeZone: string;
};

const RETRY_MS = 3_600_000;
const CURSOR = 'drill_proposal';

/** Proposes a drill in the admin channel, during working hours and while neither a restriction nor a drill is open. */
export async function proposeDrill(deps: DrillProposalDependencies): Promise<Reschedule> {
  const { db, clock, timeZone, drillEveryMs } = deps;
  if (drillEveryMs === null) return undefined;
  const now = clock();
  const [drill, proposedAt, open] = await Promise.all([latestDrill(db), readCursor(db, CURSOR), listOpen(db)]);
  const last = Math.max(drill?.startedAt ?? 0, proposedAt ?? 0);
  if (now < last + drillEveryMs) return { runAt: last + drillEveryMs };
  const later = { runAt: now + RETRY_MS };
  if (open.length > 0 || !isWorkingTime(now, timeZone)) return later;
  const days = drill === null ? null : Math.floor((now - drill.startedAt) / DAY_MS);
  return (await post(deps, days, proposedAt)) ? { runAt: now + drillEveryMs } : later;
}

/**
 * Stores the proposal before sending it, so that one that may have arrived, or that another worker sends, is not repeated.
 * Returns false when there is no channel yet.
 */
async function post(deps: DrillProposalDependencies, days: number | null, before: number | null): Promise<boolean> {
  const { db, channel, renderer, clock } = deps;
  const place = await watchingPlace(db);
  if (place === null) return false;
  const { card, summary } = renderer.drillProposal(days);
  const at = clock();
  if (!(await claimCursor(db, CURSOR, before, at))) return true;
  await deliverOnce(deps, place, channel.postCard(place, card, summary), {
    logged: { event: 'drill_proposal_uncertain' },
    restore: async () => void (await claimCursor(db, CURSOR, at, before ?? 0)),
  });
  return true;
}
