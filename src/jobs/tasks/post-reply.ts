import type { Reply } from '../../incident/model/effects.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { readCard } from '../../storage/cards.ts';
import { type Place, readPlace } from '../../storage/conversations.ts';
import { readIncident } from '../../storage/incidents.ts';
import type { Member } from '../../teams/ports.ts';
import type { Reschedule } from '../run-job.ts';
import type { CardDependencies } from './card-jobs.ts';
import { noteDelivery } from './delivery.ts';
import { type ListPeople, type MentionDependencies, peopleToMention } from './people-to-mention.ts';

export type ReplyDependencies = CardDependencies &
  MentionDependencies & {
    /** Lists the members of the escalation group; empty when there is none. */
    readonly listEscalation: ListPeople;
  };

export const CARD_NOT_POSTED_MS = 5_000;

/** Posts a short message in the thread of an incident's card, once the card is posted. */
export async function postReply(deps: ReplyDependencies, incidentId: string, reply: Reply): Promise<Reschedule> {
  const { db, channel, renderer, clock, log } = deps;
  const incident = await readIncident(db, incidentId);
  if (incident === null) return undefined;
  const card = await readCard(db, incidentId);
  if (card === null) return { runAt: clock() + CARD_NOT_POSTED_MS };
  const place = await readPlace(db, card.channelId);
  if (place === null) return undefined;
  const mentions = await mentionedBy(deps, place, reply);
  try {
    await noteDelivery(deps, place, channel.reply(place, card.activityId, renderer.reply(reply, incident, mentions)));
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.details.failure !== 'not_found') throw error;
    log.warn(
      { event: 'thread_gone', incidentId },
      'the thread was deleted; the card will be posted again without this reply',
    );
  }
  return undefined;
}

/** Returns the people in the channel who have to act on a reply; empty when the directory or the roster does not respond. */
async function mentionedBy(deps: ReplyDependencies, place: Place, reply: Reply) {
  try {
    return await addressees(deps, place, reply);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    deps.log.warn(
      { event: 'reply_without_mentions', ...error.logged },
      'a reply mentions nobody: the people to mention could not be read',
    );
    return [];
  }
}

async function addressees(deps: ReplyDependencies, place: Place, reply: Reply): Promise<readonly Member[]> {
  const { listEligible, listEscalation } = deps;
  switch (reply.kind) {
    case 'approval_waiting':
      return peopleToMention(deps, place, listEligible, reply.approval.approver.objectId);
    case 'question': {
      const { approver } = reply.approval;
      if (deps.doNotMention.has(approver.objectId.toLowerCase())) return [];
      return peopleToMention(deps, place, async () => ({ items: [approver] }), null);
    }
    case 'break_glass_started': {
      const starter = reply.act.by.objectId;
      const approvers = await peopleToMention(deps, place, listEligible, starter);
      const second = await peopleToMention(deps, place, listEscalation, starter);
      return [...approvers, ...second.filter(({ id }) => approvers.every((approver) => approver.id !== id))];
    }
    case 'break_glass_unblocked':
      return peopleToMention(deps, place, listEligible, reply.act.by.objectId);
    default:
      return [];
  }
}
