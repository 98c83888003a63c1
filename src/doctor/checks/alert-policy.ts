import type { Examine } from '../check.ts';
import { ok, warning } from '../finding.ts';

/**
 * `Get-ProtectionAlert`, which would say whether the policy is on, is of Security & Compliance PowerShell, which takes no
 * cmdlet through Exchange's admin API. That the policy raised an alert lately shows that it was on then.
 */
export const examineAlertPolicy: Examine = async ({ config, connections, words }) => {
  if (!config.hasAlerts) return ok(words.permission.noAlertsHere);
  const { items } = await connections.listRecentAlerts();
  return items.length > 0 ? ok(words.alertPolicy.seen(items.length)) : warning(words.alertPolicy.unknown);
};
