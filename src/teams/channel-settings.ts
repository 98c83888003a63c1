export type BotCloud = 'public' | 'us-gov' | 'us-dod' | 'china';

type Hosts = { readonly api: string; readonly tokens: string; readonly login: string };

const GOVERNMENT: Hosts = {
  api: 'https://api.botframework.us',
  tokens: 'https://token.botframework.azure.us/',
  login: 'https://login.microsoftonline.us',
};

/** Azure Bot Service: OAuth URL support; configure bots for Azure US Government, and for Azure operated by 21Vianet. */
const CLOUDS: Readonly<Record<BotCloud, Hosts>> = {
  public: {
    api: 'https://api.botframework.com',
    tokens: 'https://token.botframework.com/',
    login: 'https://login.microsoftonline.com',
  },
  'us-gov': GOVERNMENT,
  'us-dod': GOVERNMENT,
  china: {
    api: 'https://api.botframework.azure.cn',
    tokens: 'https://token.botframework.azure.cn/',
    login: 'https://login.partner.microsoftonline.cn',
  },
};

/**
 * botbuilder's settings for one cloud; it takes its built-in ones unless all of these are given together. The emulator's
 * tokens are checked against the Bot Framework's keys too, which never sign one: only a channel can reach the bot.
 */
export function channelSettings(cloud: BotCloud, tenantId: string, openIdMetadataUrl: string) {
  const { api, tokens, login } = CLOUDS[cloud];
  return {
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromChannelTokenIssuer: api,
    ToChannelFromBotOAuthScope: api,
    ToChannelFromBotLoginUrl: `${login}/${tenantId}`,
    OAuthUrl: tokens,
  };
}
