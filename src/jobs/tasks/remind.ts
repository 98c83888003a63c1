import type { Incident } from '../../incident/model/incident.ts';
import { type DueReminder, nextReminder, type ReminderPace } from '../../incident/model/reminder.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { type PostedCard, readCard } from '../../storage/cards.ts';
import { type Place, readPlace } from '../../storage/conversations.ts';
import { readIncident } from '../../storage/incidents.ts';
import type { Member } from '../../teams/ports.ts';
import type { Workflow } from '../../workflow/workflow.ts';
import type { Reschedule } from '../run-job.ts';
import { noteDelivery } from './delivery.ts';
import { peopleToMention } from './people-to-mention.ts';
import { CARD_NOT_POSTED_MS, type ReplyDependencies } from './post-reply.ts';

export type RemindDependencies = ReplyDependencies & {
  readonly workflow: Workflow;
  readonly pace: ReminderPace | null;
};

/**
 * Sends a reminder in the card's thread when one is due. The people to mention are read first, so that an outage only
 * delays the reminder. The reminder is then recorded and sent at most once: a missed reminder is better than two.
 */
export async function remind(deps: RemindDependencies, incidentId: string): Promise<Reschedule> {
  const { db, workflow, pace, clock } = deps;
  const incident = await readIncident(db, incidentId);
  const due = incident === null ? null : nextReminder(incident, pace);
  if (incident === null || due === null || pace === null) return undefined;
  if (clock() < due.at) return { runAt: due.at };
  const card = await readCard(db, incidentId);
  if (card === null) return { runAt: clock() + CARD_NOT_POSTED_MS };
  const place = await readPlace(db, card.channelId);
  if (place === null) return undefined;
  const people = await peopleToRemind(deps, place, incident, due);
  const mentioned = (people ?? []).flatMap(({ objectId }) => (objectId === null ? [] : [objectId]));
  const recorded = await workflow.apply(incidentId, { kind: 'remind', at: clock(), pace, mentioned });
  if (recorded.kind === 'applied') await send(deps, { card, place, incident: recorded.incident, due, people });
  return undefined;
}

/**
 * Returns the people to mention: the escalation group, or the approvers when none of that group is in the channel. Returns
 * null when they cannot be read.
 */
async function peopleToRemind(
  deps: RemindDependencies,
  place: Place,
  { approval }: Incident,
  { kind, action }: DueReminder,
): Promise<readonly Member[] | null> {
  const approver = action === 'confirm' ? (approval?.approver.objectId ?? null) : null;
  try {
    const second = kind === 'escalation' ? await peopleToMention(deps, place, deps.listEscalation, null) : [];
    return second.length > 0 ? second : await peopleToMention(deps, place, deps.listEligible, approver);
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.retryable) throw error;
    deps.log.error(
      { event: 'reminder_without_mentions', ...error.logged },
      'a reminder mentions nobody: the people to mention could not be read',
    );
    return null;
  }
}

type Sending = {
  readonly card: PostedCard;
  readonly place: Place;
  readonly incident: Incident;
  readonly due: DueReminder;
  readonly people: readonly Member[] | null;
};

async function send(deps: RemindDependencies, { card, place, incident, due, people }: Sending): Promise<void> {
  const { channel, renderer, pace, log } = deps;
  const next = nextReminder(incident, pace)?.at ?? null;
  const message = renderer.reminder(due, incident, people, next);
  try {
    await noteDelivery(deps, place, channel.reply(place, card.activityId, message));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const about = { incidentId: incident.id, ...error.logged, effect: error.details.effect };
    log.warn({ event: 'reminder_uncertain', ...about }, 'a reminder may not have arrived; it is not repeated');
  }
}
