import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { createRecent, type Recent } from '../../shared/recent.ts';
import type { botCredentials } from './bot-credentials.ts';
import type { channelSettings } from './channel-settings.ts';
import type { createConnectorHttp } from './connector-http.ts';

/** Rejects unless botbuilder accepts the token for this activity. `edition` identifies the set of keys that verified it before. */
export type BotbuilderCheck = (edition: string, activity: Activity, authorization: string) => Promise<void>;

type Options = {
  readonly settings: ReturnType<typeof channelSettings> & { readonly MicrosoftAppId: string };
  readonly credentials: ReturnType<typeof botCredentials>;
  readonly httpClient: ReturnType<typeof createConnectorHttp>;
  /** A monotonic clock, ms. */
  readonly clock: () => number;
};

type Edition = {
  readonly name: string;
  readonly check: ConfigurationBotFrameworkAuthentication;
  /** When a token was accepted, by what was checked. */
  readonly accepted: Recent<string, number>;
};

/** A token that botbuilder accepted is checked by it again after this time. The service's own check still sees each request. */
const RECHECK_AFTER_MS = 60_000;
const KEPT_TOKENS = 100;

/**
 * Creates botbuilder's check of tokens. botbuilder caches the keys of one address for a day and refuses unknown keys, so each
 * set of keys gets an address of its own by a fragment, which is not sent.
 */
export function createBotbuilderCheck({ settings, credentials, httpClient, clock }: Options): BotbuilderCheck {
  let latest: Edition | null = null;

  function editionOf(name: string): Edition {
    if (latest?.name === name) return latest;
    const metadata = `${settings.ToBotFromChannelOpenIdMetadataUrl}#${name}`;
    const metadataUrls = { ToBotFromChannelOpenIdMetadataUrl: metadata, ToBotFromEmulatorOpenIdMetadataUrl: metadata };
    const configuration = { ...settings, ...metadataUrls };
    const check = new ConfigurationBotFrameworkAuthentication(configuration, credentials, undefined, undefined, {
      httpClient,
    });
    latest = { name, check, accepted: createRecent(KEPT_TOKENS) };
    return latest;
  }

  return async (name, activity, authorization) => {
    const { check, accepted } = editionOf(name);
    const checked = JSON.stringify([activity.channelId, activity.serviceUrl, authorization]);
    const now = clock();
    if (now - (accepted.get(checked) ?? Number.NEGATIVE_INFINITY) < RECHECK_AFTER_MS) return;
    await check.authenticateRequest(activity, authorization);
    accepted.set(checked, now);
  };
}
