/** What Microsoft's services are called, as the resource of a token, in each of its clouds; first the public one. */
export const CLOUD_RESOURCES = {
  public: {
    graph: 'https://graph.microsoft.com',
    exchange: 'https://outlook.office365.com',
    feed: 'https://manage.office.com',
    bot: 'https://api.botframework.com',
  },
  'gcc-high': {
    graph: 'https://graph.microsoft.us',
    exchange: 'https://outlook.office365.us',
    feed: 'https://manage.office365.us',
    bot: 'https://api.botframework.us',
  },
  dod: {
    graph: 'https://dod-graph.microsoft.us',
    exchange: 'https://outlook-dod.office365.us',
    feed: 'https://manage.protection.apps.mil',
    bot: 'https://api.botframework.us',
  },
  china: {
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    exchange: 'https://partner.outlook.cn',
    feed: 'https://manage.office.cn',
    bot: 'https://api.botframework.azure.cn',
  },
} as const;

export type TenantCloud = keyof typeof CLOUD_RESOURCES;
export type Resources = (typeof CLOUD_RESOURCES)[TenantCloud];
