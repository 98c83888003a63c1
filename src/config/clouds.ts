export const CLOUD_NAMES = ['public', 'gcc-high', 'dod', 'china', 'france', 'germany', 'custom'] as const;

export type CloudName = (typeof CLOUD_NAMES)[number];

/**
 * The hosts of one Microsoft cloud; the first of each list is the default. Where no host is published, the settings must
 * name one.
 */
export type Cloud = {
  readonly graph: readonly string[];
  readonly exchange: readonly string[];
  /** Hosts of the Office 365 Management Activity API. */
  readonly activityFeed: readonly string[];
  readonly botOpenId: readonly string[];
  readonly teams: readonly string[];
  /** The audience of tokens for Azure Database for PostgreSQL (Azure CLI: ossrdbms_resource_id); null where it is not known. */
  readonly postgres: string | null;
  /**
   * The domain of SharePoint, where Teams stores files that a bot sends; null where bots cannot send files or the domain is
   * not known.
   */
  readonly sharePoint: string | null;
  /**
   * The audience of a managed identity's token that is used as the application's credential (Entra: Configure an
   * application to trust a managed identity).
   */
  readonly tokenExchange: string | null;
  /** The origin of Entra's token endpoint. */
  readonly authorityHost: string | null;
  /** The Bot Framework's API: the issuer of its tokens and the audience of the bot's own. */
  readonly botApi: string | null;
  /**
   * The environment name in Microsoft's Exchange Online module (Exchange PowerShell: Connect-ExchangeOnline); null where it
   * has none.
   */
  readonly exchangeEnvironment: 'O365Default' | 'O365USGovGCCHigh' | 'O365USGovDoD' | 'O365China' | null;
  /** Whether Graph supports `alerts_v2` in this cloud (Microsoft Graph: List alerts_v2, national cloud availability). */
  readonly hasAlerts: boolean;
};

export type EndpointKind = 'graph' | 'exchange' | 'activityFeed' | 'botOpenId' | 'teams';

/** A cloud of which nothing is published. */
const UNPUBLISHED: Cloud = {
  graph: [],
  exchange: [],
  activityFeed: [],
  botOpenId: [],
  teams: [],
  postgres: null,
  sharePoint: null,
  tokenExchange: null,
  authorityHost: null,
  botApi: null,
  exchangeEnvironment: null,
  hasAlerts: true,
};

/**
 * The hosts and names of each cloud. Sources: Microsoft Graph: National cloud deployments; Microsoft 365 endpoints (U.S.
 * Government GCC High, DoD; 21Vianet): Exchange Online; Azure Bot Service: configure bots for US government customers, and
 * for Azure operated by 21Vianet; Teams hosts: microsoft/teams.ts, CloudEnvironment; no files from bots in GCC High and
 * DoD: Teams, Send and receive files using a bot. China's authority is the one of its two names that MSAL prefers.
 * Government Community Cloud (GCC) is the public cloud with its own Teams host. China's Exchange has two names:
 * partner.outlook.cn in microsoft/CSS-Exchange, outlook.office365.cn in Exchange's Admin API v2.0 (preview); its feed is
 * named in a Microsoft script. France (Bleu) and Germany (Delos) contain what CSS-Exchange (Get-CloudServiceEndpoint) has
 * of them. The authors have not tested this service against any cloud.
 */
export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: {
    graph: ['graph.microsoft.com'],
    exchange: ['outlook.office365.com'],
    activityFeed: ['manage.office.com', 'manage-gcc.office.com'],
    botOpenId: ['login.botframework.com'],
    teams: ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com', 'smba.onyx.prod.teams.trafficmanager.net'],
    postgres: 'https://ossrdbms-aad.database.windows.net',
    sharePoint: 'sharepoint.com',
    tokenExchange: 'api://AzureADTokenExchange',
    authorityHost: 'https://login.microsoftonline.com',
    botApi: 'https://api.botframework.com',
    exchangeEnvironment: 'O365Default',
    hasAlerts: true,
  },
  'gcc-high': {
    graph: ['graph.microsoft.us'],
    exchange: ['outlook.office365.us'],
    activityFeed: ['manage.office365.us'],
    botOpenId: ['login.botframework.azure.us'],
    teams: ['smba.infra.gov.teams.microsoft.us'],
    postgres: 'https://ossrdbms-aad.database.usgovcloudapi.net',
    sharePoint: null,
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
    authorityHost: 'https://login.microsoftonline.us',
    botApi: 'https://api.botframework.us',
    exchangeEnvironment: 'O365USGovGCCHigh',
    hasAlerts: true,
  },
  dod: {
    graph: ['dod-graph.microsoft.us'],
    exchange: ['outlook-dod.office365.us'],
    activityFeed: ['manage.protection.apps.mil'],
    botOpenId: ['login.botframework.azure.us'],
    teams: ['smba.infra.dod.teams.microsoft.us'],
    postgres: 'https://ossrdbms-aad.database.usgovcloudapi.net',
    sharePoint: null,
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
    authorityHost: 'https://login.microsoftonline.us',
    botApi: 'https://api.botframework.us',
    exchangeEnvironment: 'O365USGovDoD',
    hasAlerts: true,
  },
  china: {
    graph: ['microsoftgraph.chinacloudapi.cn'],
    exchange: ['partner.outlook.cn', 'outlook.office365.cn'],
    activityFeed: ['manage.office.cn'],
    botOpenId: ['login.botframework.azure.cn'],
    teams: ['frontend.botapi.msg.infra.teams.microsoftonline.cn'],
    postgres: 'https://ossrdbms-aad.database.chinacloudapi.cn',
    sharePoint: null,
    tokenExchange: 'api://AzureADTokenExchangeChina',
    authorityHost: 'https://login.partner.microsoftonline.cn',
    botApi: 'https://api.botframework.azure.cn',
    exchangeEnvironment: 'O365China',
    hasAlerts: false,
  },
  france: sovereign('fr'),
  germany: sovereign('de'),
  custom: UNPUBLISHED,
};

/** Returns a national partner cloud. No hosts of the Bot Framework, Teams or the feed are published for these. */
function sovereign(country: 'fr' | 'de'): Cloud {
  return {
    ...UNPUBLISHED,
    graph: [`graph.svc.sovcloud.${country}`],
    exchange: [`outlook.sovcloud.${country}`],
    authorityHost: `https://login.sovcloud-identity.${country}`,
  };
}

/** Returns the clouds that have this host for this kind of endpoint. */
export function cloudsOf(kind: EndpointKind, host: string): readonly CloudName[] {
  return CLOUD_NAMES.filter((name) => CLOUDS[name][kind].some((known) => known === host));
}
