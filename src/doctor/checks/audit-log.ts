import { z } from 'zod';
import { HOUR_MS } from '../../incident/model/duration.ts';
import { createConnectorEdits } from '../../microsoft/audit-log/connector-edits.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Examine } from '../check.ts';
import { failureMessage } from '../failure-message.ts';
import { ok, warning } from '../finding.ts';

/** PowerShell's serialization writes booleans as strings. */
const rowSchema = z.object({
  UnifiedAuditLogIngestionEnabled: z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]),
});

/** Checks whether auditing is on, because Defender raises alerts from the audit log (Microsoft Purview: Turn auditing on or off). */
export const examineAuditLog: Examine = async ({ connections, strings }) => {
  try {
    const { items } = await connections.exchange.read('Get-AdminAuditLogConfig');
    const row = rowSchema.safeParse(items[0]);
    if (!row.success) return warning(strings.auditLog.unknown(''));
    return row.data.UnifiedAuditLogIngestionEnabled ? ok(strings.auditLog.ok) : warning(strings.auditLog.off);
  } catch (error) {
    if (error instanceof UpstreamError) return warning(strings.auditLog.unknown(failureMessage(error)));
    throw error;
  }
};

/** Checks whether the app can search the audit log, the source of who changed a connector. Only that information depends on it. */
export const examineAuditSearch: Examine = async ({ connections, clock, strings }) => {
  const now = clock();
  try {
    await createConnectorEdits(connections.exchange)({ names: [], from: now - HOUR_MS, to: now });
    return ok(strings.auditSearch.ok);
  } catch (error) {
    if (error instanceof UpstreamError) return warning(strings.auditSearch.refused(failureMessage(error)));
    throw error;
  }
};
