import type { ChannelKeys } from './channel-keys.ts';
import { methodAndPath, type SimulatedService } from './service-server.ts';
import { empty, json } from './wire.ts';

export const OPENID_PATH = '/v1/.well-known/openidconfiguration';
const KEYS_PATH = '/v1/.well-known/keys';

/** Creates the Bot Framework's OpenID metadata and keys; each key lists the channels that it is endorsed for. */
export function botOpenIdService(keys: ChannelKeys, issuer: string): SimulatedService {
  return {
    service: 'openid',
    operationOf: methodAndPath,
    tokenOk: () => Promise.resolve(undefined),
    unauthorized: () => empty(401),
    answer(call) {
      if (call.path === KEYS_PATH) return json(200, { keys: keys.published() });
      if (call.path !== OPENID_PATH) return empty(404);
      return json(200, {
        issuer,
        authorization_endpoint: 'https://invalid.botframework.com',
        jwks_uri: `${call.origin}${KEYS_PATH}`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
      });
    },
  };
}
