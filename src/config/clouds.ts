export type CloudName = 'public' | 'us-gov' | 'us-dod' | 'china';

/** The hosts of one Microsoft cloud; the first of each list is its default. */
export type Cloud = {
  readonly graph: readonly [string];
  readonly exchange: readonly [string];
  readonly botOpenId: readonly [string];
  readonly teams: readonly [string, ...string[]];
  /** Where Entra issues its tokens. */
  readonly authorityHost: string;
  /** What Microsoft's Exchange Online module calls it (Exchange PowerShell: Connect-ExchangeOnline). */
  readonly exchangeEnvironment: 'O365Default' | 'O365USGovGCCHigh' | 'O365USGovDoD' | 'O365China';
};

export type EndpointKind = Exclude<keyof Cloud, 'authorityHost' | 'exchangeEnvironment'>;

/**
 * Microsoft Graph: national cloud deployments; Exchange Online PowerShell: connection URIs; Teams: national cloud
 * environments. Government Community Cloud (GCC) is public but for its Teams host.
 */
export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: {
    graph: ['graph.microsoft.com'],
    exchange: ['outlook.office365.com'],
    botOpenId: ['login.botframework.com'],
    teams: ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'],
    authorityHost: 'https://login.microsoftonline.com',
    exchangeEnvironment: 'O365Default',
  },
  'us-gov': {
    graph: ['graph.microsoft.us'],
    exchange: ['outlook.office365.us'],
    botOpenId: ['login.botframework.azure.us'],
    teams: ['smba.infra.gov.teams.microsoft.us'],
    authorityHost: 'https://login.microsoftonline.us',
    exchangeEnvironment: 'O365USGovGCCHigh',
  },
  'us-dod': {
    graph: ['dod-graph.microsoft.us'],
    exchange: ['outlook-dod.office365.us'],
    botOpenId: ['login.botframework.azure.us'],
    teams: ['smba.infra.dod.teams.microsoft.us'],
    authorityHost: 'https://login.microsoftonline.us',
    exchangeEnvironment: 'O365USGovDoD',
  },
  china: {
    graph: ['microsoftgraph.chinacloudapi.cn'],
    exchange: ['partner.outlook.cn'],
    botOpenId: ['login.botframework.azure.cn'],
    teams: ['frontend.botapi.msg.infra.teams.microsoftonline.cn'],
    authorityHost: 'https://login.chinacloudapi.cn',
    exchangeEnvironment: 'O365China',
  },
};

export const CLOUD_NAMES: readonly CloudName[] = ['public', 'us-gov', 'us-dod', 'china'];

/** The clouds a host of this kind belongs to. */
export function cloudsOf(kind: EndpointKind, host: string): readonly CloudName[] {
  return CLOUD_NAMES.filter((name) => CLOUDS[name][kind].some((known) => known === host));
}
