import { z } from 'zod';
import type { Alert } from '../../incident/model/observation.ts';
import { POLICY_ID, POLICY_NAME } from '../alert-policy.ts';
import { instantOf } from '../http/instant.ts';
import { textOf } from './alert-text.ts';

const instant = z.unknown().transform((value, context) => {
  const ms = instantOf(value);
  if (ms !== null) return ms;
  context.addIssue({ code: 'custom', message: 'not a time' });
  return z.NEVER;
});

const text = z.string().nullish().catch(null);

const rowSchema = z.looseObject({
  id: z.string().min(1),
  title: text,
  status: text,
  severity: text,
  alertWebUrl: text,
  incidentId: text,
  createdDateTime: instant,
  lastUpdateDateTime: z.unknown().optional(),
});

/** Parses the fields of a Microsoft Graph security alert that this service relies on; other fields may hold anything. */
export const alertSchema: z.ZodType<Alert> = rowSchema.transform((row) => ({
  id: row.id,
  title: row.title ?? '',
  status: row.status ?? 'unknown',
  severity: row.severity ?? 'unknown',
  webUrl: row.alertWebUrl?.startsWith('https://') ? row.alertWebUrl : null,
  createdAt: row.createdDateTime,
  ...(row.incidentId === null || row.incidentId === undefined ? {} : { incidentId: row.incidentId }),
  updatedAt: instantOf(row.lastUpdateDateTime) ?? row.createdDateTime,
  text: textOf(row),
}));

const markSchema = z.object({ detectorId: text, title: text, lastUpdateDateTime: z.unknown().optional() });

/** Returns whether an alert belongs to our policy. Graph cannot filter by either field. */
export function isOurs(row: unknown): boolean {
  const mark = markSchema.safeParse(row);
  if (!mark.success) return false;
  const { detectorId, title } = mark.data;
  return detectorId?.toLowerCase() === POLICY_ID || title?.trim().toLowerCase().startsWith(POLICY_NAME) === true;
}

/** Returns the time of an alert's last change, ms since the epoch, whatever its policy; null when the alert has no valid time. */
export function updatedAtOf(row: unknown): number | null {
  return instantOf(markSchema.safeParse(row).data?.lastUpdateDateTime);
}
