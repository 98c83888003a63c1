import { z } from 'zod';
import { jsonIn } from '../../shared/json.ts';
import type { UpstreamResponse } from '../http/failures.ts';

const refusalSchema = z.object({ error: z.object({ code: z.string().optional(), message: z.string().optional() }) });

/** Returns Graph's error message, from `error.code` and `error.message` (Microsoft Graph: error responses). */
export function graphErrorMessage({ status, text }: Pick<UpstreamResponse, 'status' | 'text'>): string {
  const parsed = refusalSchema.safeParse(jsonIn(text));
  if (!parsed.success) return `HTTP ${status}`;
  const { code, message } = parsed.data.error;
  return [code, message].filter((part) => part !== undefined && part !== '').join(': ') || `HTTP ${status}`;
}
