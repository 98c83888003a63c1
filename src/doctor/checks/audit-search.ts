import { HOUR_MS } from '../../incident/model/duration.ts';
import { createConnectorEdits } from '../../microsoft/audit-log/connector-edits.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Examine } from '../check.ts';
import { failureMessage } from '../failure-message.ts';
import { ok, warning } from '../finding.ts';

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
