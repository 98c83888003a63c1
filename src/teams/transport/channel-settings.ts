import type { Cloud } from './cloud.ts';

type Hosts = { readonly api: string; readonly tokens: string; readonly login: string };

const GOVERNMENT = { api: 'https://api.botframework.us', login: 'https://login.microsoftonline.us' };

/**
 * Azure Bot Service: OAuth URL support; Configure bots for US government customers (GCC High); Configure a bot in Azure
 * operated by 21Vianet. For DoD the token service is that of microsoft/teams.ts (CloudEnvironment); no sign-in uses it here.
 */
const CLOUDS: Readonly<Record<Cloud, Hosts>> = {
  public: {
    api: 'https://api.botframework.com',
    tokens: 'https://token.botframework.com/',
    login: 'https://login.microsoftonline.com',
  },
  'gcc-high': { ...GOVERNMENT, tokens: 'https://tokengcch.botframework.azure.us/' },
  dod: { ...GOVERNMENT, tokens: 'https://apiDoD.botframework.azure.us/' },
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
export function channelSettings(cloud: Cloud, tenantId: string, openIdMetadataUrl: string) {
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
