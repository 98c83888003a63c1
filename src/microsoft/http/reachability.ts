import { type MicrosoftService, UpstreamError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';

/**
 * Tracks which services respond to the calls of this process; each replica keeps its own state. It does not block calls:
 * polling intervals and job backoff limit an outage to a few calls a minute.
 */
export type Reachability = {
  /** Runs `work`, a call to `service`, and records whether the service responded. */
  observe<T>(service: MicrosoftService, work: () => Promise<T>): Promise<T>;
  /** The time since which the service has not responded, ms since the epoch; null while it responds. */
  unreachableSince(service: MicrosoftService): number | null;
};

/** Consecutive failures of a service. */
type Failing = {
  /** The time of the first of the consecutive failures, ms since the epoch. */
  readonly since: number;
  readonly failures: number;
  readonly isKnown: boolean;
};

/** A service counts as unreachable after this many consecutive failures over at least this many ms. */
const FAILURES = 3;
const FAILING_MS = 20_000;

export function createReachability({ clock, log }: { readonly clock: () => number; readonly log: Log }): Reachability {
  const failing = new Map<MicrosoftService, Failing>();

  function responded(service: MicrosoftService): void {
    const past = failing.get(service);
    failing.delete(service);
    if (past?.isKnown !== true) return;
    const since = new Date(past.since).toISOString();
    const about = { event: 'service_reachable', service, since, awayMs: clock() - past.since };
    log.info(about, `${NAMES[service]} responds again`);
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
    log.warn(about, `${NAMES[service]} does not respond; jobs retry until it does`);
  }

  return {
    async observe(service, work) {
      try {
        const result = await work();
        responded(service);
        return result;
      } catch (error) {
        if (error instanceof UpstreamError && error.details.service === service) {
          if (isUnanswered(error)) failed(service, error);
          else responded(service);
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

/** Runs `work` through `reachability` when it is given, and directly otherwise. */
export function observed<T>(
  reachability: Reachability | undefined,
  service: MicrosoftService,
  work: () => Promise<T>,
): Promise<T> {
  return reachability === undefined ? work() : reachability.observe(service, work);
}

/** A refusal counts as a response, and so does throttling. */
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
