import type { TokenCredential } from '@azure/identity';
import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import {
  type Activity,
  type ConfigurationBotFrameworkAuthentication,
  INVOKE_RESPONSE_KEY,
  type InvokeResponse,
  TurnContext,
} from 'botbuilder';
import type { Reachability } from '../../microsoft/http/reachability.ts';
import type { Fetch } from '../../microsoft/http/send.ts';
import type { Log } from '../../shared/log.ts';
import { createRecent } from '../../shared/recent.ts';
import { botCredentials } from './bot-credentials.ts';
import { type BotbuilderCheck, createBotbuilderCheck } from './botbuilder-check.ts';
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
type ConnectorFactory = ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>;
/** botbuilder's client of the Bot Connector at one service URL. */
export type Connector = Awaited<ReturnType<ConnectorFactory['create']>>;

const TIMEOUT_MS = 10_000;
const KEPT_CONNECTORS = 20;

/** Creates the bot's side of the Bot Framework, for one application in one tenant of one cloud. */
export function createAdapter(options: Options): BotAdapter {
  return new TeamsBotAdapter(options);
}

/** teams-ai's adapter with authentication, turns and posting as separate methods. */
class TeamsBotAdapter extends TeamsAdapter {
  readonly #clientId: string;
  readonly #checkAgain: BotbuilderCheck;
  readonly #connectors = createRecent<string, Connector>(KEPT_CONNECTORS);
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
    this.#checkAgain = createBotbuilderCheck({ settings, credentials, httpClient, clock: steadyClock });
    const findKey = createSigningKeys({ metadataUrl, fetch, clock: steadyClock });
    const issuer = settings.ToBotFromChannelTokenIssuer;
    this.checkToken = createTokenCheck({ findKey, issuer, clientId, teamsOrigins });
  }

  /** Rejects unless the token is for this activity's service URL and botbuilder's own check accepts it too. */
  async authenticate({ serviceUrl, edition }: ChannelToken, activity: Activity, authorization: string): Promise<true> {
    if (activity.serviceUrl !== serviceUrl) throw new Error('not a token for the service URL of the activity');
    await this.#checkAgain(edition, activity, authorization);
    return true;
  }

  /**
   * Runs a turn of an authenticated activity; returns a response for invokes. botbuilder's `processActivity` would create two
   * HTTP clients for each turn.
   */
  async turn(activity: Activity, logic: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined> {
    const context = new TurnContext(this, activity);
    context.turnState.set(this.ConnectorClientKey, await this.connectorAt(activity.serviceUrl));
    await this.runMiddleware(context, logic);
    return context.turnState.get<Activity | undefined>(INVOKE_RESPONSE_KEY)?.value;
  }

  /** Returns the client of the Bot Connector at a service URL, with the bot's credentials; its failures are UpstreamErrors. */
  async connectorAt(serviceUrl: string): Promise<Connector> {
    const connector = this.#connectors.get(serviceUrl) ?? (await this.#createConnector(serviceUrl));
    this.#connectors.set(serviceUrl, connector);
    return connector;
  }

  #createConnector(serviceUrl: string) {
    const factory = this.botFrameworkAuthentication.createConnectorFactory(this.createClaimsIdentity(this.#clientId));
    return factory.create(serviceUrl);
  }
}
