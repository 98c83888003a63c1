import type { Cloud } from './cloud.ts';

/** Where the bot's tokens come from, and who signs those of the Bot Framework. */
export type BotCloud = {
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly authorityHost: string;
  readonly botApi: string;
  readonly botOpenIdMetadataUrl: string;
};

/**
 * Azure Bot Service: OAuth URL support; Configure bots for US government customers (GCC High); Configure a bot in Azure
 * operated by 21Vianet. The token service of DoD is that of microsoft/teams.ts (CloudEnvironment). The service signs nobody
 * in, so a cloud without a known token service needs none.
 */
const TOKEN_SERVICES: { readonly [cloud in Cloud]?: string } = {
  public: 'https://token.botframework.com/',
  'gcc-high': 'https://tokengcch.botframework.azure.us/',
  dod: 'https://apiDoD.botframework.azure.us/',
  china: 'https://token.botframework.azure.cn/',
};

/**
 * Returns botbuilder's settings for one cloud. botbuilder uses its built-in ones unless all of these are set. Tokens of the
 * emulator are checked against the Bot Framework's keys, which never sign one, so that only a channel can reach the bot.
 */
export function channelSettings({ cloud, tenantId, authorityHost, botApi, botOpenIdMetadataUrl }: BotCloud) {
  return {
    ToBotFromChannelOpenIdMetadataUrl: botOpenIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: botOpenIdMetadataUrl,
    ToBotFromChannelTokenIssuer: botApi,
    ToChannelFromBotOAuthScope: botApi,
    ToChannelFromBotLoginUrl: `${authorityHost}/${tenantId}`,
    OAuthUrl: TOKEN_SERVICES[cloud] ?? `${botApi}/`,
  };
}
