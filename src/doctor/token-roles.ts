import { z } from 'zod';

const claimsSchema = z.object({ roles: z.array(z.string()).default([]) });

/**
 * The application permissions a token claims (`roles`, access token claims reference of the Microsoft identity platform);
 * null when it cannot be read. A client must not rely on the format of a token that is for somebody else: this is a hint, a call is proof.
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
