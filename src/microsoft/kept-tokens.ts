import type { AccessToken, TokenCredential } from '@azure/identity';

type Kept = { readonly token: AccessToken; readonly at: number; readonly until: number };

const KEEP_MS = 60_000;

/**
 * Keeps each access token of a credential for at most a minute, and never past its end. A credential caches and renews its tokens
 * too, but finding one in MSAL's cache takes about as long as the rest of a call takes to prepare. `clock` returns ms since the
 * epoch.
 */
export function keepTokens(credential: TokenCredential, clock: () => number): TokenCredential {
  const kept = new Map<string, Kept>();
  return {
    async getToken(scopes, options) {
      const key = String(scopes);
      const recent = kept.get(key);
      const now = clock();
      // A token obtained before the clock was set back may have expired.
      if (recent !== undefined && now >= recent.at && now < recent.until) return recent.token;
      const token = await credential.getToken(scopes, options);
      if (token !== null) kept.set(key, { token, at: now, until: Math.min(now + KEEP_MS, token.expiresOnTimestamp) });
      return token;
    },
  };
}
