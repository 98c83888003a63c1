import { z } from 'zod';
import type { UpstreamResponse } from '../../microsoft/http/failures.ts';
import { jsonIn } from '../../shared/json.ts';

const errorSchema = z.object({ error: z.object({ code: z.string().optional(), message: z.string().optional() }) });

/** Returns the Bot Connector's reason for a refusal: the error code, which its documentation uses, and the message. */
export function teamsErrorMessage({ status, text }: Pick<UpstreamResponse, 'status' | 'text'>): string {
  const { code, message } = errorSchema.safeParse(jsonIn(text)).data?.error ?? {};
  return [code, message].filter((part) => part !== undefined && part !== '').join(': ') || `HTTP ${status}`;
}
