import type { Log } from '../shared/log.ts';
import type { Microsoft365 } from './microsoft-365.ts';

export type PreflightLog = { stop(): Promise<void> };

/**
 * Logs the limitations of this environment in the background. It never prevents the start, because alerts must still arrive and
 * a lasting problem fails every reading of Exchange.
 */
export function logPreflight({ preflight }: Pick<Microsoft365, 'preflight'>, log: Log): PreflightLog {
  const stopping = new AbortController();
  const checked = preflight(stopping.signal).then(
    (problems) => {
      for (const { kind, message } of problems) log.warn({ event: 'preflight_problem', kind }, message);
    },
    (error: unknown) => log.error({ event: 'preflight_failed', err: error }, 'the preflight check failed'),
  );
  return {
    async stop() {
      stopping.abort();
      await checked;
    },
  };
}
