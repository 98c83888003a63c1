import { HOUR_MS } from '../../incident/model/duration.ts';
import { isPushLost, pushState } from '../../storage/push.ts';
import type { CheckContext, Examine } from '../check.ts';
import { failureMessage } from '../failure-message.ts';
import { type Found, ok, warning } from '../finding.ts';

const TIMEOUT_MS = 10_000;
const TOKEN = 'doctor asks: is this you?';

/**
 * Checks whether the address passes the handshake that Graph will send (Microsoft Graph: Receive change notifications through
 * webhooks).
 */
export const examinePublicUrl: Examine = async ({ config, connections, strings }) => {
  const { push, pollMs } = config;
  if (push === null) return ok(strings.publicUrl.polling(pollMs / 1000));
  const url = `${push.publicUrl}/api/notifications?validationToken=${encodeURIComponent(TOKEN)}`;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await connections.fetch(url, { method: 'POST', redirect: 'manual', signal });
    const echoed = (await response.text()) === TOKEN;
    return response.status === 200 && echoed
      ? ok(strings.publicUrl.ok)
      : warning(
          strings.publicUrl.noHandshake(`HTTP ${response.status}${response.status === 200 ? ', another text' : ''}.`),
        );
  } catch (error) {
    return warning(strings.publicUrl.noHandshake(failureMessage(error)));
  }
};

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
