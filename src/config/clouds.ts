export type CloudName = 'public' | 'gcc-high' | 'dod' | 'china';

/** The hosts of one Microsoft cloud; the first of each list is its default. */
export type Cloud = {
  readonly graph: readonly [string];
  readonly exchange: readonly [string];
  /** Of the Office 365 Management Activity API; none where Microsoft documents none. */
  readonly activityFeed: readonly string[];
  readonly botOpenId: readonly [string];
  readonly teams: readonly [string, ...string[]];
  /** Where Entra issues its tokens. */
  readonly authorityHost: string;
  /** What Microsoft's Exchange Online module calls it (Exchange PowerShell: Connect-ExchangeOnline). */
  readonly exchangeEnvironment: 'O365Default' | 'O365USGovGCCHigh' | 'O365USGovDoD' | 'O365China';
  /** Whether Graph has `alerts_v2` there (Microsoft Graph: List alerts_v2, national cloud availability). */
  readonly hasAlerts: boolean;
};

export type EndpointKind = 'graph' | 'exchange' | 'activityFeed' | 'botOpenId' | 'teams';

/**
 * Microsoft Graph: National cloud deployments; Microsoft 365 endpoints (U.S. Government GCC High, DoD; 21Vianet): Exchange
 * Online; Azure Bot Service: configure bots for US government customers, and for Azure operated by 21Vianet; Teams hosts:
 * microsoft/teams.ts, CloudEnvironment. China's authority is the one MSAL prefers of its two names. Government Community
 * Cloud (GCC) is public but for its Teams host. None of them but public was ever called by this service's authors.
 */
export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: {
    graph: ['graph.microsoft.com'],
    exchange: ['outlook.office365.com'],
    activityFeed: ['manage.office.com', 'manage-gcc.office.com'],
    botOpenId: ['login.botframework.com'],
    teams: ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com', 'smba.onyx.prod.teams.trafficmanager.net'],
    authorityHost: 'https://login.microsoftonline.com',
    exchangeEnvironment: 'O365Default',
    hasAlerts: true,
  },
  'gcc-high': {
    graph: ['graph.microsoft.us'],
    exchange: ['outlook.office365.us'],
    activityFeed: ['manage.office365.us'],
    botOpenId: ['login.botframework.azure.us'],
    teams: ['smba.infra.gov.teams.microsoft.us'],
    authorityHost: 'https://login.microsoftonline.us',
    exchangeEnvironment: 'O365USGovGCCHigh',
    hasAlerts: true,
  },
  dod: {
    graph: ['dod-graph.microsoft.us'],
    exchange: ['outlook-dod.office365.us'],
    activityFeed: ['manage.protection.apps.mil'],
    botOpenId: ['login.botframework.azure.us'],
    teams: ['smba.infra.dod.teams.microsoft.us'],
    authorityHost: 'https://login.microsoftonline.us',
    exchangeEnvironment: 'O365USGovDoD',
    hasAlerts: true,
  },
  china: {
    graph: ['microsoftgraph.chinacloudapi.cn'],
    exchange: ['partner.outlook.cn'],
    activityFeed: [],
    botOpenId: ['login.botframework.azure.cn'],
    teams: ['frontend.botapi.msg.infra.teams.microsoftonline.cn'],
    authorityHost: 'https://login.partner.microsoftonline.cn',
    exchangeEnvironment: 'O365China',
    hasAlerts: false,
  },
};

export const CLOUD_NAMES: readonly CloudName[] = ['public', 'gcc-high', 'dod', 'china'];

/** The clouds a host of this kind belongs to. */
export function cloudsOf(kind: EndpointKind, host: string): readonly CloudName[] {
  return CLOUD_NAMES.filter((name) => CLOUDS[name][kind].some((known) => known === host));
}
