/** The names of Microsoft's services as the resource of a token, in each of its clouds; the public one first. */
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
  france: sovereign('fr'),
  germany: sovereign('de'),
  /** Tokens are issued for the host that is called: Graph has one address of this machine, Exchange another. */
  custom: {
    graph: 'https://127.0.0.1',
    exchange: 'https://localhost',
    feed: 'https://feed.custom.example',
    bot: 'https://api.bot.custom.example',
    database: null,
    tokenExchange: null,
  },
} as const;

/**
 * Graph and Exchange as published. The names of the Bot Framework and of the feed are synthetic, since none are published, and
 * the audience of database tokens is unknown.
 */
function sovereign<const C extends 'fr' | 'de'>(country: C) {
  return {
    graph: `https://graph.svc.sovcloud.${country}`,
    exchange: `https://outlook.sovcloud.${country}`,
    feed: `https://feed.sovcloud-${country}.example`,
    bot: `https://api.bot.sovcloud-${country}.example`,
    database: null,
    tokenExchange: null,
  } as const;
}

/** Returns the settings that the service needs for a cloud whose addresses it does not have built in. */
export function settingsOf(cloud: TenantCloud, exchangeEndpoint: string): Readonly<Record<string, string>> {
  const { bot: BOT_API } = CLOUD_RESOURCES[cloud];
  switch (cloud) {
    case 'france':
    case 'germany':
      return { BOT_API };
    case 'custom': {
      const EXCHANGE_ENDPOINT = exchangeEndpoint.replace('127.0.0.1', 'localhost');
      return { BOT_API, AUTHORITY_HOST: 'https://login.custom.example', EXCHANGE_ENDPOINT };
    }
    default:
      return {};
  }
}

export type TenantCloud = keyof typeof CLOUD_RESOURCES;
export type Resources = (typeof CLOUD_RESOURCES)[TenantCloud];
