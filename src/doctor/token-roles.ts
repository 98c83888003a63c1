import { z } from 'zod';

const claimsSchema = z.object({ roles: z.array(z.string()).default([]) });

/**
 * Returns the application permissions in a token (`roles`, access token claims reference of the Microsoft identity platform);
 * null when it cannot be parsed. A client must not rely on the format of a token for another audience, so this is a hint and
 * only a call is proof.
 */
export function rolesIn(token: string): ReadonlySet<string> | null {
  try {
    const [, payload = ''] = token.split('.');
    const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return claims.success ? new Set(claims.data.roles) : null;
  } catch {
    return null;
  }
}
