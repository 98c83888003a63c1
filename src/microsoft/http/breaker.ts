import { type MicrosoftService, UpstreamError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { admit, type CircuitPace, type CircuitState, CLOSED, learn, type Outcome, probing } from './circuit.ts';
import type { Call } from './failures.ts';
import { oneLine } from './one-line.ts';

/** Keeps calls that can wait from a service that does not answer. */
export type Breaker = {
  /**
   * Does `work` unless the service is known not to answer: then an UpstreamError `unavailable` says until when, and
   * nothing is sent. An `urgent` call always goes out; what comes of it counts like any other's.
   */
  run<T>(call: Pick<Call, 'operation'>, passage: Passage, work: () => Promise<T>): Promise<T>;
  /** Since when the service has not answered, ms since the epoch; null while it does. */
  unreachableSince(): number | null;
};

export type Passage = { readonly urgent: boolean; readonly signal?: AbortSignal | undefined };

/** One for each service, shared by all calls of this process; every replica finds out for itself. */
export type Breakers = { readonly [service in MicrosoftService]: Breaker };

type Options = {
  readonly clock: () => number;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly log: Log;
  readonly pace?: CircuitPace;
};

/** Two reads that run together open it within their repeats, not at a blip. A minute or two is how late a restriction may be seen after an outage, and 30 to 60 probes an hour harm nobody. */
const PACE: CircuitPace = { failures: 10, firstPauseMs: 2_000, longestPauseMs: 120_000, longestHoldMs: 600_000 };

export function createBreakers(options: Options): Breakers {
  return {
    graph: createBreaker('graph', options),
    exchange: createBreaker('exchange', options),
    teams: createBreaker('teams', options),
    entra: createBreaker('entra', options),
    activity_feed: createBreaker('activity_feed', options),
  };
}

type Probe = PromiseWithResolvers<void>;

export function createBreaker(service: MicrosoftService, { clock, random, log, pace = PACE }: Options): Breaker {
  let state = CLOSED;
  let latest = '';
  let probe: Probe | null = null;

  const away = (operation: string, until: number) =>
    refused({ service, operation }, state, latest, { now: clock(), until });

  /** Gives the probe to the one call that is it. Waits while another is. */
  async function enter(operation: string, signal: AbortSignal | undefined): Promise<Probe | null> {
    for (;;) {
      const admission = admit(state, clock());
      if (admission.kind === 'go') return null;
      if (admission.kind === 'refuse') throw away(operation, admission.until);
      if (admission.kind === 'probe') {
        state = probing(state);
        probe = Promise.withResolvers();
        return probe;
      }
      await Promise.race([probe?.promise, ended(signal)]);
      if (signal?.aborted) throw away(operation, clock());
    }
  }

  function note(outcome: Outcome, own: Probe | null, details: object): void {
    const now = clock();
    const next = learn(state, outcome, { wasProbe: own !== null && own === probe, now, random: random() }, pace);
    announce(log, service, state, next, { ...details, now });
    state = next;
    if (next.open?.probing || probe === null) return;
    probe.resolve();
    probe = null;
  }

  return {
    async run({ operation }, { urgent, signal }, work) {
      const own = urgent ? null : await enter(operation, signal);
      try {
        const result = await work();
        note({ kind: 'answered' }, own, {});
        return result;
      } catch (error) {
        const outcome = outcomeOf(service, error);
        if (outcome.kind === 'failed' && error instanceof UpstreamError) latest = error.details.message;
        note(outcome, own, error instanceof UpstreamError ? error.logged : {});
        throw error;
      }
    },
    unreachableSince: () => (state.open === null ? null : state.failingSince),
  };
}

/** One line when a service falls silent, for each try that finds it so, when it answers again, and when it wants a pause. */
function announce(
  log: Log,
  service: MicrosoftService,
  before: CircuitState,
  after: CircuitState,
  { now, ...details }: { readonly now: number },
): void {
  const since = iso(before.failingSince ?? now);
  if (after.open !== null && after.open.probeAt !== before.open?.probeAt) {
    const about = { event: 'service_unreachable', service, since, nextTryAt: iso(after.open.probeAt), ...details };
    log.warn(about, `${NAMES[service]} does not answer: jobs wait for it, clicks still go out`);
  }
  if (before.open !== null && after.open === null) {
    const awayMs = now - (before.failingSince ?? now);
    log.info({ event: 'service_reachable', service, since, awayMs }, `${NAMES[service]} answers again`);
  }
  if (after.heldUntil > before.heldUntil)
    log.warn(
      { event: 'service_paused', service, until: iso(after.heldUntil), ...details },
      `${NAMES[service]} asked for a pause: jobs wait`,
    );
}

/** Through a breaker where there is one. */
export function through<T>(
  breaker: Breaker | undefined,
  call: Pick<Call, 'operation'>,
  passage: Passage,
  work: () => Promise<T>,
): Promise<T> {
  return breaker === undefined ? work() : breaker.run(call, passage, work);
}

const NAMES: { readonly [service in MicrosoftService]: string } = {
  graph: 'Microsoft Graph',
  exchange: 'Exchange',
  teams: 'Teams',
  entra: 'Entra',
  activity_feed: 'the audit feed',
};

/** Teams limits each thread for itself (see the send limiter), so one that is throttled says nothing of the others. */
function outcomeOf(service: MicrosoftService, error: unknown): Outcome {
  if (!(error instanceof UpstreamError) || error.details.service !== service) return { kind: 'unknown' };
  const { failure, retryAfterMs = 0 } = error.details;
  if (!error.retryable) return { kind: 'answered' };
  if (failure !== 'throttled') return { kind: 'failed', retryAfterMs };
  if (service === 'teams') return { kind: 'answered' };
  return retryAfterMs > 0 ? { kind: 'throttled', retryAfterMs } : { kind: 'failed', retryAfterMs };
}

function refused(
  { service, operation }: Pick<Call, 'service' | 'operation'>,
  { open, failingSince }: CircuitState,
  latest: string,
  { now, until }: { readonly now: number; readonly until: number },
): UpstreamError {
  const away = open === null ? 'asked for a pause' : `has not answered since ${iso(failingSince ?? now)} (${latest})`;
  const message = oneLine(`${NAMES[service]} ${away}; the next try is at ${iso(until)}`);
  const about = {
    event: 'service_unreachable',
    service,
    operation,
    message,
    retryAfterMs: until - now,
    heldBack: open !== null,
  };
  return new UpstreamError({ ...about, failure: 'unavailable', effect: 'none' });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function ended(signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return new Promise(() => {});
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
