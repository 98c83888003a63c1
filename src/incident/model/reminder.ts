import type { Incident, ReminderKind } from './incident.ts';

/** How reminders are paced; durations in ms. */
export type ReminderPace = {
  /** From what needs people to the first reminder; every later gap is twice the one before. */
  readonly afterMs: number;
  /** How long reminders pause after a rejection, or after somebody chose to keep the connector restricted. */
  readonly quietMs: number;
  /** Whether there is a second group to turn to. */
  readonly escalates: boolean;
};
export type DueReminder = {
  readonly kind: ReminderKind;
  /** What people are asked to do. */
  readonly ask: 'approve' | 'confirm';
  /** Not before this time, ms since the epoch. */
  readonly at: number;
};

/** Of one incident, however long it lasts. */
export const MAX_REMINDERS = 4;
/** After this many reminders without a reaction, the second group is asked. */
const BEFORE_ESCALATION = 2;
const MAX_GAP = 2 ** (MAX_REMINDERS - 1);

/**
 * The next reminder of an incident as it stands; null when it needs nobody or had its share. Gaps are counted from the
 * last reaction or the last reminder, whichever is later, so that after hours without a service one reminder is due.
 */
export function nextReminder(incident: Incident, pace: ReminderPace | null): DueReminder | null {
  const ask = askedOf(incident);
  if (pace === null || ask === null || incident.reminders.length >= MAX_REMINDERS) return null;
  const { at: since, kind } = lastReaction(incident);
  const sent = incident.reminders.filter((reminder) => reminder.at >= since);
  const gap = pace.afterMs * (kind === 'acknowledge' ? MAX_GAP : 2 ** sent.length);
  const quietUntil = kind === 'keep_restricted' ? since + pace.quietMs : since;
  const at = Math.max((sent.at(-1)?.at ?? since) + gap, quietUntil);
  if (ask === 'confirm' && incident.approval !== null && at >= incident.approval.expiresAt) return null;
  return { kind: kindOf(incident, sent.length, pace), ask, at };
}

function askedOf({ state }: Incident): DueReminder['ask'] | null {
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

/** The last thing that people did or have to react to; a rejection pauses reminders as `keep_restricted` does. */
function lastReaction({ approval, stateSince, remarks }: Incident): Reaction {
  const remark = remarks.findLast(({ at, kind }) => at >= stateSince && kind !== 'ask');
  if (remark !== undefined && remark.kind !== 'ask') return { at: remark.at, kind: remark.kind };
  const ending = approval?.ending ?? null;
  const rejected = ending?.kind === 'rejected' && ending.at === stateSince;
  return { at: stateSince, kind: rejected ? 'keep_restricted' : 'change' };
}

/** The last reminder an incident may have goes to the second group whatever came before. */
function kindOf({ reminders }: Incident, unanswered: number, { escalates }: ReminderPace): ReminderKind {
  const isLast = reminders.length === MAX_REMINDERS - 1;
  return escalates && (isLast || unanswered >= BEFORE_ESCALATION) ? 'escalation' : 'approvers';
}
