import type { Forgery, SignForChannel } from './channel-tokens.ts';
import type { WireActivity } from './teams-activities.ts';
import { parseJson } from './wire.ts';

/** The bot's response to an activity. */
export type BotAnswer = { readonly status: number; readonly body: unknown; readonly ms: number };

export type BotLine = {
  connect(botUrl: string): void;
  /** Returns the service's URL for a path. */
  urlOf(path: string): string;
  /** Posts an activity to the bot with a genuine token, or a forged one if `forgery` is given. */
  send(activity: WireActivity, forgery?: Forgery): Promise<BotAnswer>;
};

export function createBotLine(sign: SignForChannel): BotLine {
  let botUrl: string | undefined;
  const urlOf = (path: string) => {
    if (botUrl === undefined) throw new Error('no bot is connected: call tenant.connectBot(url) first');
    return new URL(path, botUrl).href;
  };
  return {
    connect(url) {
      botUrl = url;
    },
    urlOf,
    async send(activity, forgery) {
      const serviceUrl = typeof activity.serviceUrl === 'string' ? activity.serviceUrl : '';
      const token = await sign(serviceUrl, forgery);
      const started = performance.now();
      const response = await fetch(urlOf('/api/messages'), {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          // A kept connection may be one that the service is just closing because it was idle.
          Connection: 'close',
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(activity),
      });
      const text = await response.text();
      const body = text === '' ? undefined : (parseJson(text) ?? text);
      return { status: response.status, body, ms: performance.now() - started };
    },
  };
}
