import { z } from 'zod';
import type { UpstreamResponse } from '../../microsoft/http/failures.ts';

const errorSchema = z.object({ error: z.object({ code: z.string().optional(), message: z.string().optional() }) });

/** Returns the Bot Connector's reason for a refusal: the error code, which its documentation uses, and the message. */
export function teamsErrorMessage({ status, text }: Pick<UpstreamResponse, 'status' | 'text'>): string {
  const { code, message } = errorIn(text);
  return [code, message].filter((part) => part !== undefined && part !== '').join(': ') || `HTTP ${status}`;
}

function errorIn(text: string): { readonly code?: string | undefined; readonly message?: string | undefined } {
  try {
    const body = errorSchema.safeParse(JSON.parse(text));
    return body.success ? body.data.error : {};
  } catch {
    return {};
  }
}
