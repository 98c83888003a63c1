import { pushState } from '../../storage/push.ts';
import type { CheckContext, Examine } from '../check.ts';
import { ok, warning } from '../finding.ts';

const RESOURCE = 'security/alerts_v2';
const HOUR_MS = 3_600_000;

/** Whether Graph will tell us of alerts. That a tenant refuses is no fault: Microsoft does not document it as subscribable. */
export const examineSubscription: Examine = async (context) => {
  const { config, connections, clock, strings } = context;
  if (config.push === null) return ok(strings.publicUrl.polling(config.pollMs / 1000));
  const notificationUrl = `${config.push.publicUrl}/api/notifications`;
  const ours = (await connections.subscriptions.list()).find(
    (it) => it.resource.replace(/^\//, '') === RESOURCE && it.notificationUrl === notificationUrl,
  );
  if (ours !== undefined) return ok(strings.subscription.active(Math.floor((ours.expiresAt - clock()) / HOUR_MS)));
  return (await wasRefused(context)) ? ok(strings.subscription.refused) : warning(strings.subscription.absent);
};

/** The service remembers it; where its database cannot be read, nobody knows. */
async function wasRefused({ connections }: CheckContext): Promise<boolean> {
  try {
    return (await pushState((await connections.openDatabase()).db, true)) === 'refused';
  } catch {
    return false;
  }
}
