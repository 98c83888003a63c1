import type { Incident, ReminderKind } from './incident.ts';

/** The pace of reminders. Durations are in ms. */
export type ReminderPace = {
  /** The time until the first reminder. Every later gap is twice the one before. */
  readonly afterMs: number;
  /** How long reminders pause after a rejection, or after a person chose to keep the connector restricted. */
  readonly quietMs: number;
  /** Whether there is an escalation group. */
  readonly escalates: boolean;
};

export type DueReminder = {
  readonly kind: ReminderKind;
  /** The action that people are asked to take. */
  readonly action: 'approve' | 'confirm';
  /** The earliest time, ms since the epoch. */
  readonly at: number;
};

/** The most reminders of one incident, however long it lasts. */
export const MAX_REMINDERS = 4;
/** The number of reminders without a reaction before the escalation group is reminded. */
const BEFORE_ESCALATION = 2;
const MAX_GAP = 2 ** (MAX_REMINDERS - 1);

/**
 * Returns the next reminder of an incident; null when it needs no person or has reached its limit. Gaps are counted from the
 * last reaction or the last reminder, whichever is later, so that one reminder is due after hours without a running service.
 */
export function nextReminder(incident: Incident, pace: ReminderPace | null): DueReminder | null {
  const action = actionOf(incident);
  if (pace === null || action === null || incident.reminders.length >= MAX_REMINDERS) return null;
  const { at: since, kind } = lastReaction(incident);
  const sent = incident.reminders.filter((reminder) => reminder.at >= since);
  const gap = pace.afterMs * (kind === 'acknowledge' ? MAX_GAP : 2 ** sent.length);
  const quietUntil = kind === 'keep_restricted' ? since + pace.quietMs : since;
  const at = Math.max((sent.at(-1)?.at ?? since) + gap, quietUntil);
  if (action === 'confirm' && incident.approval !== null && at >= incident.approval.expiresAt) return null;
  return { kind: kindOf(incident, sent.length, pace), action, at };
}

function actionOf({ state }: Incident): DueReminder['action'] | null {
  switch (state) {
    case 'restricted':
    case 'unblock_failed':
      return 'approve';
    case 'awaiting_confirmation':
      return 'confirm';
    default:
      return null;
  }
}

type Reaction = { readonly at: number; readonly kind: 'change' | 'acknowledge' | 'keep_restricted' };

/** Returns the last action of a person or the last change they must react to. A rejection pauses reminders as `keep_restricted` does. */
function lastReaction({ approval, stateSince, remarks }: Incident): Reaction {
  const remark = remarks.findLast(({ at, kind }) => at >= stateSince && kind !== 'ask');
  if (remark !== undefined && remark.kind !== 'ask') return { at: remark.at, kind: remark.kind };
  const ending = approval?.ending ?? null;
  const rejected = ending?.kind === 'rejected' && ending.at === stateSince;
  return { at: stateSince, kind: rejected ? 'keep_restricted' : 'change' };
}

/** Returns whom to remind. The last possible reminder goes to the escalation group in any case. */
function kindOf({ reminders }: Incident, unanswered: number, { escalates }: ReminderPace): ReminderKind {
  const isLast = reminders.length === MAX_REMINDERS - 1;
  return escalates && (isLast || unanswered >= BEFORE_ESCALATION) ? 'escalation' : 'approvers';
}
