import type { TokenCredential } from '@azure/identity';
import { TeamsAdapter } from '@microsoft/teams-ai';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import type { Breakers } from '../../microsoft/http/breaker.ts';
import type { Fetch } from '../../microsoft/http/send.ts';
import type { Log } from '../../shared/log.ts';
import { botCredentials } from './bot-credentials.ts';
import { channelSettings } from './channel-settings.ts';
import type { Cloud } from './cloud.ts';
import { createConnectorHttp } from './connector-http.ts';

type Options = {
  readonly clientId: string;
  readonly tenantId: string;
  readonly cloud: Cloud;
  readonly botOpenIdMetadataUrl: string;
  readonly credential: TokenCredential;
  readonly fetch?: Fetch;
  readonly clock?: () => number;
  /** For one call to Teams, and for one token. */
  readonly timeoutMs?: number;
  readonly log: Log;
  readonly breakers?: Breakers;
  /** Whether somebody waits for what it sends, as in a turn; jobs can wait for a service that does not answer. */
  readonly urgent?: boolean;
};

export type BotAdapter = InstanceType<typeof TeamsBotAdapter>;
/** Who sent an activity, as its token proves. */
export type Caller = Awaited<ReturnType<BotAdapter['authenticate']>>;
/** botbuilder's client of the Bot Connector at one service URL. */
export type Connector = Awaited<ReturnType<BotAdapter['connectorAt']>>;

const TIMEOUT_MS = 10_000;

/** The bot's side of the Bot Framework, for one application in one tenant of one cloud. */
export function createAdapter(options: Options): BotAdapter {
  return new TeamsBotAdapter(options);
}

/** teams-ai's adapter in steps that can be told apart: a bad token is not a failed turn, and a post needs no turn. */
class TeamsBotAdapter extends TeamsAdapter {
  readonly #clientId: string;
  readonly #issuer: string;

  constructor(options: Options) {
    const { clientId, tenantId, fetch = globalThis.fetch, clock = Date.now, timeoutMs = TIMEOUT_MS } = options;
    const { log, breakers, credential, urgent = true } = options;
    const settings = channelSettings(options.cloud, tenantId, options.botOpenIdMetadataUrl);
    const httpClient = createConnectorHttp({ fetch, timeoutMs, clock, log, breaker: breakers?.teams, urgent });
    const credentials = botCredentials({ clientId, credential, timeoutMs, breaker: breakers?.entra, urgent });
    super({ MicrosoftAppId: clientId, MicrosoftAppTenantId: tenantId, ...settings }, credentials, undefined, {
      httpClient,
    });
    this.#clientId = clientId;
    this.#issuer = settings.ToBotFromChannelTokenIssuer;
  }

  /** Rejects unless the token is the Bot Framework's for this bot and this activity's service URL and channel. */
  async authenticate(activity: Activity, authorization: string) {
    const caller = await this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
    // botbuilder also takes tokens that the bot's own credential can get, for its emulator; those prove nothing of Teams.
    if (caller.claimsIdentity.getClaimValue('iss') !== this.#issuer)
      throw new Error('not a token of the Bot Framework');
    return caller;
  }

  /** Runs a turn of an authenticated activity; the response is there for invokes. */
  turn(
    caller: Caller,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(caller, activity, logic);
  }

  /** A client of the Bot Connector that speaks for the bot; its failures are UpstreamErrors. */
  connectorAt(serviceUrl: string) {
    const factory = this.botFrameworkAuthentication.createConnectorFactory(this.createClaimsIdentity(this.#clientId));
    return factory.create(serviceUrl);
  }
}
