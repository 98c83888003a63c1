import { decodeJwt } from 'jose';
import type { z } from 'zod';

/**
 * Returns the claims of an access token, without verifying it; null when the token is not a JWT or lacks the claims. A client
 * must not rely on the format of a token for another audience (Microsoft identity platform: access tokens), so they are only a
 * hint.
 */
export function claimsIn<T>(token: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(decodeJwt(token)).data ?? null;
  } catch {
    return null;
  }
}
