import { z } from 'zod';

const claimsSchema = z.object({ app_displayname: z.string().trim().min(1) });

/**
 * Returns the application's display name from its own Graph token (`app_displayname`), or null when the token has none.
 * Graph tokens are meant for Graph only (Microsoft identity platform: access tokens), so this is a hint, never a proof.
 */
export function appNameIn(token: string): string | null {
  try {
    const [, payload = ''] = token.split('.');
    const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return claims.success ? claims.data.app_displayname : null;
  } catch {
    return null;
  }
}
