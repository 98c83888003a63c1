import type { Examine } from '../check.ts';
import { failureMessage } from '../failure-message.ts';
import { ok, warning } from '../finding.ts';

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
