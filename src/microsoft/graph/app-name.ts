import { z } from 'zod';
import { claimsIn } from '../http/token-claims.ts';

const claimsSchema = z.object({ app_displayname: z.string().trim().min(1) });

/** Returns the application's display name from its own Graph token (`app_displayname`), or null when the token has none. */
export function appNameIn(token: string): string | null {
  return claimsIn(token, claimsSchema)?.app_displayname ?? null;
}
