import { HOUR_MS } from '../../incident/model/duration.ts';
import { pushState } from '../../storage/push.ts';
import type { CheckContext, Examine } from '../check.ts';
import { ok, warning } from '../finding.ts';

const RESOURCE = 'security/alerts_v2';

/**
 * Checks whether Graph sends notifications of alerts. A refusal by the tenant is not an error, because Microsoft does not
 * document alerts as subscribable.
 */
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

/** The service stores the refusal in its database; false when that cannot be read. */
async function wasRefused({ connections }: CheckContext): Promise<boolean> {
  try {
    return (await pushState((await connections.openDatabase()).db, true)) === 'refused';
  } catch {
    return false;
  }
}
