import { UpstreamError } from '../shared/errors.ts';
import type { Subject } from './subject.ts';

type Caller = { readonly subject: Pick<Subject, 'incidentId'> /** ms since the epoch. */; readonly at: number };

/** A permission that is granted shows in the next token, and a token is kept for an hour or longer (Microsoft Entra: access token lifetime). */
const REFUSED_MS = 3_600_000;

/**
 * Makes calls that all take one permission. In peace time a refusal stands for the calls of the next hour, so that a
 * thousand connectors do not each meet it; for an incident every call is made.
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
