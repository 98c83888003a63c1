import type { Examine } from '../check.ts';
import { ok, warning } from '../finding.ts';

/**
 * `Get-ProtectionAlert`, which would say whether the policy is on, is of Security & Compliance PowerShell, which takes no
 * cmdlet through Exchange's admin API. That the policy raised an alert lately shows that it was on then.
 */
export const examineAlertPolicy: Examine = async ({ config, connections, strings }) => {
  if (!config.hasAlerts) return ok(strings.permission.noAlertsHere);
  const { items } = await connections.listRecentAlerts();
  return items.length > 0 ? ok(strings.alertPolicy.seen(items.length)) : warning(strings.alertPolicy.unknown);
};
