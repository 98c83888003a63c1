import { HOUR_MS } from '../../incident/model/duration.ts';
import { isPushLost, pushState } from '../../storage/push.ts';
import type { CheckContext, Examine } from '../check.ts';
import { type Found, ok, warning } from '../finding.ts';

const RESOURCE = 'security/alerts_v2';

/**
 * Checks whether Graph sends notifications of alerts. A refusal by the tenant is not an error, because Microsoft does not
 * document alerts as subscribable, unless the tenant granted a subscription before.
 */
export const examineSubscription: Examine = async (context) => {
  const { config, connections, clock, strings } = context;
  if (config.push === null) return ok(strings.publicUrl.polling(config.pollMs / 1000));
  const notificationUrl = `${config.push.publicUrl}/api/notifications`;
  const ours = (await connections.subscriptions.list()).find(
    (it) => it.resource.replace(/^\//, '') === RESOURCE && it.notificationUrl === notificationUrl,
  );
  if (ours !== undefined) return ok(strings.subscription.active(Math.floor((ours.expiresAt - clock()) / HOUR_MS)));
  return await refusalOf(context);
};

/** The service stores Graph's refusal in its database; absent when that cannot be read. */
async function refusalOf({ connections, strings }: CheckContext): Promise<Found> {
  try {
    const { db } = await connections.openDatabase();
    if (await isPushLost(db)) return warning(strings.subscription.lost);
    return (await pushState(db, true)) === 'refused'
      ? ok(strings.subscription.refused)
      : warning(strings.subscription.absent);
  } catch {
    return warning(strings.subscription.absent);
  }
}
