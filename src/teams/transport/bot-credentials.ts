import type { TokenCredential } from '@azure/identity';
import type { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import { observed, type Reachability } from '../../microsoft/http/reachability.ts';
import { bearerToken } from '../../microsoft/http/token.ts';

type CredentialsFactory = NonNullable<ConstructorParameters<typeof TeamsAdapter>[1]>;

type Options = {
  readonly clientId: string;
  readonly credential: TokenCredential;
  readonly timeoutMs: number;
  readonly reachability?: Reachability | undefined;
};

/**
 * Makes botbuilder use the service's one identity. botbuilder's own factories would use DefaultAzureCredential, which falls
 * back to developer tools when a managed identity does not respond. There is no setting that turns authentication off.
 */
export function botCredentials({ clientId, credential, timeoutMs, reachability }: Options): CredentialsFactory {
  return {
    isValidAppId: async (appId) => appId.toLowerCase() === clientId.toLowerCase(),
    isAuthenticationDisabled: async () => false,
    createCredentials: async (_appId, audience) => ({
      async signRequest(request) {
        const scope = `${audience}/.default`;
        const signal = AbortSignal.timeout(timeoutMs);
        const token = await observed(reachability, 'entra', () => bearerToken(credential, scope, signal));
        request.headers.set('authorization', `Bearer ${token}`);
        return request;
      },
    }),
  };
}
