import type { Config } from '../config/config.ts';
import type { ReminderPace } from '../incident/model/reminder.ts';

/** How people are reminded; null when they are not. */
export function reminderPace({ reminders, escalationGroupId }: Config): ReminderPace | null {
  return reminders && { ...reminders, escalates: escalationGroupId !== null };
}
