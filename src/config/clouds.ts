export type CloudName = 'public' | 'us-gov' | 'us-dod' | 'china';

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
};

export type EndpointKind = Exclude<keyof Cloud, 'authorityHost'>;

/**
 * Microsoft Graph: national cloud deployments; Exchange Online PowerShell: connection URIs; Teams: national cloud
 * environments. Government Community Cloud (GCC) is public but for its Teams host.
 */
export const CLOUDS: Readonly<Record<CloudName, Cloud>> = {
  public: {
    graph: ['graph.microsoft.com'],
    exchange: ['outlook.office365.com'],
    activityFeed: ['manage.office.com', 'manage-gcc.office.com'],
    botOpenId: ['login.botframework.com'],
    teams: ['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'],
    authorityHost: 'https://login.microsoftonline.com',
  },
  'us-gov': {
    graph: ['graph.microsoft.us'],
    exchange: ['outlook.office365.us'],
    activityFeed: ['manage.office365.us'],
    botOpenId: ['login.botframework.azure.us'],
    teams: ['smba.infra.gov.teams.microsoft.us'],
    authorityHost: 'https://login.microsoftonline.us',
  },
  'us-dod': {
    graph: ['dod-graph.microsoft.us'],
    exchange: ['outlook-dod.office365.us'],
    activityFeed: ['manage.protection.apps.mil'],
    botOpenId: ['login.botframework.azure.us'],
    teams: ['smba.infra.dod.teams.microsoft.us'],
    authorityHost: 'https://login.microsoftonline.us',
  },
  china: {
    graph: ['microsoftgraph.chinacloudapi.cn'],
    exchange: ['partner.outlook.cn'],
    activityFeed: [],
    botOpenId: ['login.botframework.azure.cn'],
    teams: ['frontend.botapi.msg.infra.teams.microsoftonline.cn'],
    authorityHost: 'https://login.chinacloudapi.cn',
  },
};

export const CLOUD_NAMES: readonly CloudName[] = ['public', 'us-gov', 'us-dod', 'china'];

/** The clouds a host of this kind belongs to. */
export function cloudsOf(kind: EndpointKind, host: string): readonly CloudName[] {
  return CLOUD_NAMES.filter((name) => CLOUDS[name][kind].some((known) => known === host));
}
