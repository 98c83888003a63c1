import { UpstreamError } from '../shared/errors.ts';
import type { Subject } from './subject.ts';

/** The check that calls, begun `at` (ms since the epoch). */
type Caller = { readonly subject: Pick<Subject, 'incidentId'>; readonly at: number };

/**
 * A newly granted permission takes effect with the next token, and a token is cached for an hour or longer (Microsoft Entra:
 * access token lifetime).
 */
const REFUSED_MS = 3_600_000;

/**
 * Wraps calls that all require the same permission. Outside an incident a refusal is cached for an hour, so that a thousand
 * connectors do not each receive it. For an incident, every call is made.
 */
export function rememberRefusals() {
  let refused: { readonly until: number; readonly error: UpstreamError } | null = null;
  return async <T>({ subject, at }: Caller, call: () => Promise<T>): Promise<T> => {
    if (subject.incidentId === null && refused !== null && at < refused.until) throw refused.error;
    try {
      return await call();
    } catch (error) {
      if (error instanceof UpstreamError && error.details.failure === 'forbidden')
        refused = { until: at + REFUSED_MS, error };
      throw error;
    }
  };
}
