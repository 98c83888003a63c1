import { UpstreamError } from '../errors.ts';
import { type Approval, isSamePerson } from '../incident/approval.ts';
import type { Reply } from '../incident/effects.ts';
import { readCard } from '../storage/cards.ts';
import { type Place, readPlace } from '../storage/conversations.ts';
import { readIncident } from '../storage/incidents.ts';
import { type CardDependencies, reporting } from './card-jobs.ts';
import type { Member } from './ports.ts';
import type { Again } from './run-job.ts';

const MOST_MENTIONS = 5;
const CARD_NOT_POSTED_MS = 5_000;

/** Writes one short message in the thread of an incident's card, after the card is there. */
export async function postReply(deps: CardDependencies, incidentId: string, reply: Reply): Promise<Again> {
  const { db, channel, wording, clock, log } = deps;
  const incident = await readIncident(db, incidentId);
  if (incident === null) return undefined;
  const card = await readCard(db, incidentId);
  if (card === null) return { runAt: clock() + CARD_NOT_POSTED_MS };
  const place = await readPlace(db, card.channelId);
  if (place === null) return undefined;
  const mentions = reply.kind === 'approval_waiting' ? await confirmers(deps, place, reply.approval) : [];
  try {
    await reporting(deps, place, channel.reply(place, card.activityId, wording.reply(reply, incident, mentions)));
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.details.failure !== 'not_found') throw error;
    log.warn({ incidentId }, 'the thread is gone; the card will be posted anew without this reply');
  }
  return undefined;
}

/** Who can confirm and is in the channel, to be mentioned; nobody when the directory or the roster does not answer. */
async function confirmers(
  { channel, listEligible, log }: CardDependencies,
  place: Place,
  { approver }: Approval,
): Promise<readonly Member[]> {
  try {
    const [eligible, roster] = await Promise.all([listEligible(), channel.roster(place)]);
    const others = eligible.items.filter(
      (person) => !isSamePerson({ ...person, tenantId: approver.tenantId }, approver),
    );
    const ids = new Set(others.map(({ objectId }) => objectId.toLowerCase()));
    return roster
      .filter(({ objectId }) => objectId !== null && ids.has(objectId.toLowerCase()))
      .slice(0, MOST_MENTIONS);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn({ upstream: error.message }, 'nobody could be mentioned');
    return [];
  }
}
