import type { Examine } from '../check.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { failed, ok, warning } from '../finding.ts';

const ROLE = 'SecurityAlert.ReadWrite.All';

/**
 * Checks whether alerts can be read and, by the token's claims, also commented on and resolved (Microsoft Graph: List
 * alerts_v2, Update alert).
 */
export const examineAlertsPermission: Examine = async ({ config, connections, strings }) => {
  if (!config.hasAlerts) return ok(strings.permission.noAlertsHere);
  const isGranted = (await connections.rolesFor('graph'))?.has(ROLE) ?? false;
  const { missing, ineffective, ok: works, readOnly } = strings.permission;
  const { kind } = config.credential;
  try {
    await connections.listRecentAlerts();
    return isGranted ? ok(works(ROLE)) : warning(readOnly(ROLE, kind));
  } catch (error) {
    if (!hasFailed(error, 'forbidden', 'unauthorized')) throw error;
    return failed(isGranted ? ineffective(ROLE, failureMessage(error)) : missing(ROLE, kind));
  }
};

/**
 * Checks whether the policy raised an alert recently, which shows that it was on then. `Get-ProtectionAlert`, which returns
 * whether it is on, belongs to Security & Compliance PowerShell and is not available through Exchange's admin API.
 */
export const examineAlertPolicy: Examine = async ({ config, connections, strings }) => {
  if (!config.hasAlerts) return ok(strings.permission.noAlertsHere);
  const { items } = await connections.listRecentAlerts();
  return items.length > 0 ? ok(strings.alertPolicy.seen(items.length)) : warning(strings.alertPolicy.unknown);
};
