import { decodeJwt } from 'jose';
import { z } from 'zod';

const nameSchema = z.object({ app_displayname: z.string().trim().min(1) });
const rolesSchema = z.object({ roles: z.array(z.string()).default([]) });

/** Returns the application's display name from its own Graph token (`app_displayname`), or null when the token has none. */
export function appNameIn(token: string): string | null {
  return claimsIn(token, nameSchema)?.app_displayname ?? null;
}

/**
 * Returns the application permissions in a token (`roles`, access token claims reference of the Microsoft identity platform);
 * null when it cannot be parsed. Only a call proves a permission.
 */
export function rolesIn(token: string): ReadonlySet<string> | null {
  const claims = claimsIn(token, rolesSchema);
  return claims === null ? null : new Set(claims.roles);
}

/**
 * Returns the claims of an access token, without verifying it; null when the token is not a JWT or lacks the claims. A client
 * must not rely on the format of a token for another audience (Microsoft identity platform: access tokens), so they are only a
 * hint.
 */
function claimsIn<T>(token: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(decodeJwt(token)).data ?? null;
  } catch {
    return null;
  }
}
