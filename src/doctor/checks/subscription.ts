import { pushState } from '../../storage/push.ts';
import type { Examine, Patient } from '../check.ts';
import { ok, warning } from '../finding.ts';

const RESOURCE = 'security/alerts_v2';
const HOUR_MS = 3_600_000;

/** Whether Graph will tell us of alerts. That a tenant refuses is no fault: Microsoft does not document it as subscribable. */
export const examineSubscription: Examine = async (patient) => {
  const { config, connections, clock, words } = patient;
  if (config.push === null) return ok(words.publicUrl.polling(config.pollMs / 1000));
  const notificationUrl = `${config.push.publicUrl}/api/notifications`;
  const ours = (await connections.subscriptions.list()).find(
    (it) => it.resource.replace(/^\//, '') === RESOURCE && it.notificationUrl === notificationUrl,
  );
  if (ours !== undefined) return ok(words.subscription.active(Math.floor((ours.expiresAt - clock()) / HOUR_MS)));
  return (await wasRefused(patient)) ? ok(words.subscription.refused) : warning(words.subscription.absent);
};

/** The service remembers it; where its database cannot be read, nobody knows. */
async function wasRefused({ connections }: Patient): Promise<boolean> {
  try {
    return (await pushState((await connections.openDatabase()).db, true)) === 'refused';
  } catch {
    return false;
  }
}
