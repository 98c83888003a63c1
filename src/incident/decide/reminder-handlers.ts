import { nextReminder } from '../model/reminder.ts';
import { apply, type Handlers, ignore } from './handler.ts';

/** Records a due reminder before it is sent. A recorded reminder is never due again. */
export const reminderHandlers: Handlers<'remind'> = {
  remind(incident, { at, pace }) {
    const due = nextReminder(incident, pace);
    if (due === null || at < due.at) return ignore('no reminder is due');
    return apply({ reminders: [...incident.reminders, { kind: due.kind, at }] });
  },
};
