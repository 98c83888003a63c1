export type CloudName = 'public' | 'gcc-high' | 'dod' | 'china' | 'france' | 'germany' | 'custom';

/** The hosts of one Microsoft cloud; the first of each list is its default. Where none is published, the settings have to name one. */
export type Cloud = {
  readonly graph: readonly string[];
  readonly exchange: readonly string[];
  /** Of the Office 365 Management Activity API. */
  readonly activityFeed: readonly string[];
  readonly botOpenId: readonly string[];
  readonly teams: readonly string[];
  /** Whom tokens for Azure Database for PostgreSQL are for (Azure CLI: ossrdbms_resource_id); null where it is not known. */
  readonly postgres: string | null;
  /** Domain of SharePoint, where people take a bot's files; null where Teams has bots send none, or it is not known. */
  readonly sharePoint: string | null;
  /** Whom the token of a managed identity is for that stands for an application (Entra: Configure an application to trust a managed identity). */
  readonly tokenExchange: string | null;
  /** Where Entra issues its tokens. */
  readonly authorityHost: string | null;
  /** The Bot Framework: who signs its tokens, and what the bot's own are for. */
  readonly botApi: string | null;
  /** What Microsoft's Exchange Online module calls it (Exchange PowerShell: Connect-ExchangeOnline); null where it has no name for it. */
  readonly exchangeEnvironment: 'O365Default' | 'O365USGovGCCHigh' | 'O365USGovDoD' | 'O365China' | null;
  /** Whether Graph has `alerts_v2` there (Microsoft Graph: List alerts_v2, national cloud availability). */
  readonly hasAlerts: boolean;
};

export type EndpointKind = 'graph' | 'exchange' | 'activityFeed' | 'botOpenId' | 'teams';

/**
 * Microsoft Graph: National cloud deployments; Microsoft 365 endpoints (U.S. Government GCC High, DoD; 21Vianet): Exchange
 * Online; Azure Bot Service: configure bots for US government customers, and for Azure operated by 21Vianet; Teams hosts:
 * microsoft/teams.ts, CloudEnvironment; no files from bots in GCC High and DoD: Teams, Send and receive files using a bot. China's authority is the one MSAL prefers of its two names. Government Community
 * Cloud (GCC) is public but for its Teams host. China's Exchange has two names: partner.outlook.cn in microsoft/CSS-Exchange,
 * outlook.office365.cn in Exchange's Admin API v2.0 (preview); its feed is named by a script of Microsoft's. France (Bleu) and
 * Germany (Delos) are as far as CSS-Exchange (Get-CloudServiceEndpoint) has them. No cloud was ever called by this service's authors.
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
  custom: {
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
  },
};

/** No host of the Bot Framework, Teams or the feed is published for these. */
function sovereign(country: 'fr' | 'de'): Cloud {
  return {
    graph: [`graph.svc.sovcloud.${country}`],
    exchange: [`outlook.sovcloud.${country}`],
    activityFeed: [],
    botOpenId: [],
    teams: [],
    postgres: null,
    sharePoint: null,
    tokenExchange: null,
    authorityHost: `https://login.sovcloud-identity.${country}`,
    botApi: null,
    exchangeEnvironment: null,
    hasAlerts: true,
  };
}

export const CLOUD_NAMES: readonly CloudName[] = ['public', 'gcc-high', 'dod', 'china', 'france', 'germany', 'custom'];

/** The clouds a host of this kind belongs to. */
export function cloudsOf(kind: EndpointKind, host: string): readonly CloudName[] {
  return CLOUD_NAMES.filter((name) => CLOUDS[name][kind].some((known) => known === host));
}
