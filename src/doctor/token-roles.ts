import { z } from 'zod';
import { claimsIn } from '../microsoft/http/token-claims.ts';

const claimsSchema = z.object({ roles: z.array(z.string()).default([]) });

/**
 * Returns the application permissions in a token (`roles`, access token claims reference of the Microsoft identity platform);
 * null when it cannot be parsed. Only a call proves a permission.
 */
export function rolesIn(token: string): ReadonlySet<string> | null {
  const claims = claimsIn(token, claimsSchema);
  return claims === null ? null : new Set(claims.roles);
}
