import type { TokenCredential } from '@azure/identity';
import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import type { Reachability } from '../../microsoft/http/reachability.ts';
import type { Fetch } from '../../microsoft/http/send.ts';
import type { Log } from '../../shared/log.ts';
import { botCredentials } from './bot-credentials.ts';
import { type BotCloud, channelSettings } from './channel-settings.ts';
import { type ChannelToken, type CheckToken, createTokenCheck } from './channel-token.ts';
import { createConnectorHttp } from './connector-http.ts';
import { createSigningKeys } from './signing-keys.ts';

type Options = BotCloud & {
  readonly clientId: string;
  /** Origins of Teams' service URLs, the only places that the bot's token is sent to. */
  readonly teamsOrigins: readonly string[];
  readonly credential: TokenCredential;
  readonly fetch?: Fetch;
  readonly clock?: () => number;
  /** A monotonic clock, ms, used only for differences. */
  readonly steadyClock?: () => number;
  /** The timeout of one call to Teams, and of one token request, ms. */
  readonly timeoutMs?: number;
  readonly log: Log;
  readonly reachability?: Reachability;
};

export type BotAdapter = InstanceType<typeof TeamsBotAdapter>;
/** The sender of an activity, as its token proves. */
export type Caller = Awaited<ReturnType<BotAdapter['authenticate']>>;
/** botbuilder's client of the Bot Connector at one service URL. */
export type Connector = Awaited<ReturnType<BotAdapter['connectorAt']>>;

const TIMEOUT_MS = 10_000;

/** Creates the bot's side of the Bot Framework, for one application in one tenant of one cloud. */
export function createAdapter(options: Options): BotAdapter {
  return new TeamsBotAdapter(options);
}

/** teams-ai's adapter, split into steps: an invalid token is not a failed turn, and a post needs no turn. */
class TeamsBotAdapter extends TeamsAdapter {
  readonly #clientId: string;
  readonly #checkAgain: (edition: string) => ConfigurationBotFrameworkAuthentication;
  /**
   * Checks whether the `Authorization` of a request is the Bot Framework's for this bot. Throws an UpstreamError if its keys
   * cannot be fetched.
   */
  readonly checkToken: CheckToken;

  constructor(options: Options) {
    const { clientId, tenantId, fetch = globalThis.fetch, clock = Date.now, timeoutMs = TIMEOUT_MS } = options;
    const { log, reachability, credential, teamsOrigins, botOpenIdMetadataUrl: metadataUrl } = options;
    const { steadyClock = () => performance.now() } = options;
    const settings = {
      MicrosoftAppId: clientId,
      MicrosoftAppTenantId: tenantId,
      ...channelSettings(options),
    };
    const httpClient = createConnectorHttp({ fetch, timeoutMs, clock, log, reachability, teamsOrigins });
    const credentials = botCredentials({ clientId, credential, timeoutMs, reachability });
    super(settings, credentials, undefined, { httpClient });
    this.#clientId = clientId;
    this.#checkAgain = checkByBotbuilder(settings, credentials, httpClient);
    const findKey = createSigningKeys({ metadataUrl, fetch, clock: steadyClock });
    const issuer = settings.ToBotFromChannelTokenIssuer;
    this.checkToken = createTokenCheck({ findKey, issuer, clientId, teamsOrigins });
  }

  /** Rejects unless the token is for this activity's service URL and botbuilder's own check accepts it too. */
  async authenticate({ serviceUrl, edition }: ChannelToken, activity: Activity, authorization: string) {
    if (activity.serviceUrl !== serviceUrl) throw new Error('not a token for the service URL of the activity');
    return this.#checkAgain(edition).authenticateRequest(activity, authorization);
  }

  /** Runs a turn of an authenticated activity; returns a response for invokes. */
  turn(
    caller: Caller,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(caller, activity, logic);
  }

  /** Creates a client of the Bot Connector with the bot's credentials; its failures are UpstreamErrors. */
  connectorAt(serviceUrl: string) {
    const factory = this.botFrameworkAuthentication.createConnectorFactory(this.createClaimsIdentity(this.#clientId));
    return factory.create(serviceUrl);
  }
}

type Settings = ReturnType<typeof channelSettings> & { readonly MicrosoftAppId: string };

/**
 * Runs botbuilder's check of tokens. It caches the keys of one address for a day and refuses unknown keys, so each set of keys
 * gets an address of its own by a fragment, which is not sent.
 */
function checkByBotbuilder(
  settings: Settings,
  credentials: ReturnType<typeof botCredentials>,
  httpClient: ReturnType<typeof createConnectorHttp>,
) {
  let latest: { readonly edition: string; readonly check: ConfigurationBotFrameworkAuthentication } | null = null;
  return (edition: string) => {
    if (latest?.edition === edition) return latest.check;
    const metadata = `${settings.ToBotFromChannelOpenIdMetadataUrl}#${edition}`;
    const metadataUrls = { ToBotFromChannelOpenIdMetadataUrl: metadata, ToBotFromEmulatorOpenIdMetadataUrl: metadata };
    const its = { ...settings, ...metadataUrls };
    const check = new ConfigurationBotFrameworkAuthentication(its, credentials, undefined, undefined, { httpClient });
    latest = { edition, check };
    return check;
  };
}
