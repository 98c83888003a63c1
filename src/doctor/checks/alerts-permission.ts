import type { Examine } from '../check.ts';
import { hasFailed, wordsOfFailure } from '../failure-words.ts';
import { failed, ok, warning } from '../finding.ts';

const ROLE = 'SecurityAlert.ReadWrite.All';

/** Whether alerts can be read, and by what the token says also commented on and resolved (Microsoft Graph: List alerts_v2, Update alert). */
export const examineAlertsPermission: Examine = async ({ config, connections, words }) => {
  if (!config.hasAlerts) return ok(words.permission.noAlertsHere);
  const isGranted = (await connections.rolesFor('graph'))?.has(ROLE) ?? false;
  try {
    await connections.listRecentAlerts();
    return isGranted ? ok(words.permission.ok(ROLE)) : warning(words.permission.readOnly(ROLE));
  } catch (error) {
    if (!hasFailed(error, 'forbidden', 'unauthorized')) throw error;
    return failed(
      isGranted ? words.permission.ineffective(ROLE, wordsOfFailure(error)) : words.permission.missing(ROLE),
    );
  }
};
