import { z } from 'zod';
import { jsonIn } from '../../shared/json.ts';
import type { UpstreamResponse } from './failures.ts';

const text = z.string().nullish();
const errorSchema = z.object({ error: z.object({ code: text, message: text }) });

/**
 * Returns the `error.code` and `error.message` of a refusal, which Graph, the Bot Connector and the Office 365 Management
 * Activity API send in the same form.
 */
export function codedMessage({ status, text: body }: Pick<UpstreamResponse, 'status' | 'text'>): string {
  const { code, message } = errorSchema.safeParse(jsonIn(body)).data?.error ?? {};
  return [code, message].filter(Boolean).join(': ') || `HTTP ${status}`;
}
