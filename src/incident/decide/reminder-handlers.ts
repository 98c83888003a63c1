import { nextReminder } from '../model/reminder.ts';
import { apply, type Handlers, ignore } from './handler.ts';

/** Puts a reminder on record before it is sent, if it is due now; what was recorded once is never due again. */
export const reminderHandlers: Handlers<'remind'> = {
  remind(incident, { at, pace }) {
    const due = nextReminder(incident, pace);
    if (due === null || at < due.at) return ignore('no reminder is due');
    return apply({ reminders: [...incident.reminders, { kind: due.kind, at }] });
  },
};
