import type { Config } from '../config/config.ts';
import type { ReminderPace } from '../incident/model/reminder.ts';

/** Returns the pace of reminders; null when they are turned off. */
export function reminderPace({ reminders, escalationGroupId }: Config): ReminderPace | null {
  return reminders && { ...reminders, escalates: escalationGroupId !== null };
}
