import { z } from 'zod';

const claimsSchema = z.object({ app_displayname: z.string().trim().min(1) });

/**
 * The application's display name as its own Graph token claims it (`app_displayname`); null when it does not say. Graph's
 * tokens are for Graph to read (Microsoft identity platform: access tokens), so this is a hint, never a proof.
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
