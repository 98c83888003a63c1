/** What Microsoft's services are called, as the resource of a token, in each of its clouds; first the public one. */
export const CLOUD_RESOURCES = {
  public: {
    graph: 'https://graph.microsoft.com',
    exchange: 'https://outlook.office365.com',
    feed: 'https://manage.office.com',
    bot: 'https://api.botframework.com',
    database: 'https://ossrdbms-aad.database.windows.net',
    tokenExchange: 'api://AzureADTokenExchange',
  },
  'gcc-high': {
    graph: 'https://graph.microsoft.us',
    exchange: 'https://outlook.office365.us',
    feed: 'https://manage.office365.us',
    bot: 'https://api.botframework.us',
    database: 'https://ossrdbms-aad.database.usgovcloudapi.net',
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
  },
  dod: {
    graph: 'https://dod-graph.microsoft.us',
    exchange: 'https://outlook-dod.office365.us',
    feed: 'https://manage.protection.apps.mil',
    bot: 'https://api.botframework.us',
    database: 'https://ossrdbms-aad.database.usgovcloudapi.net',
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
  },
  china: {
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    exchange: 'https://partner.outlook.cn',
    feed: 'https://manage.office.cn',
    bot: 'https://api.botframework.azure.cn',
    database: 'https://ossrdbms-aad.database.chinacloudapi.cn',
    tokenExchange: 'api://AzureADTokenExchangeChina',
  },
} as const;

export type TenantCloud = keyof typeof CLOUD_RESOURCES;
export type Resources = (typeof CLOUD_RESOURCES)[TenantCloud];
