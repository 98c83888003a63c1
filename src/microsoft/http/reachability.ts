import { type MicrosoftService, UpstreamError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';

/**
 * Which services answer, as the calls of this process show; every replica finds out for itself. It holds no call back:
 * the polls and the back-off of jobs keep an outage at a few calls a minute.
 */
export type Reachability = {
  /** Does `work`, a call to `service`, and notes whether the service answered. */
  observe<T>(service: MicrosoftService, work: () => Promise<T>): Promise<T>;
  /** Since when the service has not answered, ms since the epoch; null while it does. */
  unreachableSince(service: MicrosoftService): number | null;
};

/** Failures of a service in a row. */
type Failing = {
  /** When the first failure in a row was, ms since the epoch. */
  readonly since: number;
  readonly failures: number;
  readonly isKnown: boolean;
};

/** A service that fails this often in a row, over this long, does not answer; less is a blip. */
const FAILURES = 3;
const FAILING_MS = 20_000;

export function createReachability({ clock, log }: { readonly clock: () => number; readonly log: Log }): Reachability {
  const failing = new Map<MicrosoftService, Failing>();

  function answered(service: MicrosoftService): void {
    const past = failing.get(service);
    failing.delete(service);
    if (past?.isKnown !== true) return;
    const since = new Date(past.since).toISOString();
    const about = { event: 'service_reachable', service, since, awayMs: clock() - past.since };
    log.info(about, `${NAMES[service]} answers again`);
  }

  function failed(service: MicrosoftService, error: UpstreamError): void {
    const now = clock();
    const {
      since,
      failures: before,
      isKnown: wasKnown,
    } = failing.get(service) ?? { since: now, failures: 0, isKnown: false };
    const failures = before + 1;
    const isKnown = wasKnown || (failures >= FAILURES && now - since >= FAILING_MS);
    failing.set(service, { since, failures, isKnown });
    if (!isKnown || wasKnown) return;
    const about = { event: 'service_unreachable', service, since: new Date(since).toISOString(), ...error.logged };
    log.warn(about, `${NAMES[service]} does not answer; jobs retry until it does`);
  }

  return {
    async observe(service, work) {
      try {
        const result = await work();
        answered(service);
        return result;
      } catch (error) {
        if (error instanceof UpstreamError && error.details.service === service) {
          if (isUnanswered(error)) failed(service, error);
          else answered(service);
        }
        throw error;
      }
    },
    unreachableSince(service) {
      const past = failing.get(service);
      return past?.isKnown === true ? past.since : null;
    },
  };
}

/** Through `reachability` where there is one. */
export function observed<T>(
  reachability: Reachability | undefined,
  service: MicrosoftService,
  work: () => Promise<T>,
): Promise<T> {
  return reachability === undefined ? work() : reachability.observe(service, work);
}

/** A refusal is an answer, and so is a request to slow down. */
function isUnanswered({ retryable, details }: UpstreamError): boolean {
  return retryable && details.failure !== 'throttled';
}

const NAMES: { readonly [service in MicrosoftService]: string } = {
  graph: 'Microsoft Graph',
  exchange: 'Exchange',
  teams: 'Teams',
  entra: 'Entra',
  activity_feed: 'the audit feed',
};
