import type { Examine } from '../check.ts';
import { ok, warning } from '../finding.ts';

/**
 * Checks whether the policy raised an alert recently, which shows that it was on then. `Get-ProtectionAlert`, which returns
 * whether it is on, belongs to Security & Compliance PowerShell and is not available through Exchange's admin API.
 */
export const examineAlertPolicy: Examine = async ({ config, connections, strings }) => {
  if (!config.hasAlerts) return ok(strings.permission.noAlertsHere);
  const { items } = await connections.listRecentAlerts();
  return items.length > 0 ? ok(strings.alertPolicy.seen(items.length)) : warning(strings.alertPolicy.unknown);
};
