/** How a circuit reacts; times in ms. */
export type CircuitPace = {
  /** It opens after so many failures in a row. */
  readonly failures: number;
  /** From opening to the first probe, jittered; twice as long after each probe that fails. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** A longer wait than this is not asked for in earnest: a clock or a header is wrong. */
  readonly longestHoldMs: number;
};

/** What is known of one service from the calls that were made to it. */
export type CircuitState = {
  /** Failures in a row. */
  readonly failures: number;
  /** When the first of them was, ms since the epoch; null while there is none. */
  readonly failingSince: number | null;
  /** Null while the circuit is closed. */
  readonly open: { readonly probeAt: number; readonly pauseMs: number; readonly probing: boolean } | null;
  /** The service asked for no calls before, ms since the epoch. */
  readonly heldUntil: number;
};

/** Whether a call that can wait may go out now; `refuse` says when the next one may. */
export type Admission =
  | { readonly kind: 'go' }
  | { readonly kind: 'probe' }
  /** Another call is finding out whether the service answers again. */
  | { readonly kind: 'await_probe' }
  | { readonly kind: 'refuse'; readonly until: number };

/** How a call went: `answered` is anything the service said of its own, a refusal too. */
export type Outcome =
  | { readonly kind: 'answered' }
  | { readonly kind: 'failed'; readonly retryAfterMs: number }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  /** It was not found out whether the service answers. */
  | { readonly kind: 'unknown' };

/** One call that ended; `random` from 0 up to 1, for jitter. */
type Ended = { readonly wasProbe: boolean; readonly now: number; readonly random: number };

export const CLOSED: CircuitState = { failures: 0, failingSince: null, open: null, heldUntil: 0 };

export function admit({ open, heldUntil }: CircuitState, now: number): Admission {
  if (open?.probing) return { kind: 'await_probe' };
  const from = Math.max(heldUntil, open?.probeAt ?? 0);
  if (now < from) return { kind: 'refuse', until: from };
  return { kind: open === null ? 'go' : 'probe' };
}

/** The one probe goes out. */
export function probing(state: CircuitState): CircuitState {
  return state.open === null ? state : { ...state, open: { ...state.open, probing: true } };
}

/** What a call teaches. Only a failed probe makes the pause longer: other calls never put the next probe off. */
export function learn(state: CircuitState, outcome: Outcome, call: Ended, pace: CircuitPace): CircuitState {
  switch (outcome.kind) {
    case 'answered':
      return { ...CLOSED, heldUntil: state.heldUntil };
    case 'failed':
      return failed(state, outcome.retryAfterMs, call, pace);
    case 'throttled': {
      const until = call.now + Math.min(outcome.retryAfterMs, pace.longestHoldMs);
      return { ...afterProbe(state, call.wasProbe), heldUntil: Math.max(state.heldUntil, until) };
    }
    case 'unknown':
      return afterProbe(state, call.wasProbe);
  }
}

function failed(
  state: CircuitState,
  retryAfterMs: number,
  { wasProbe, now, random }: Ended,
  pace: CircuitPace,
): CircuitState {
  const failures = state.failures + 1;
  const counted = { ...state, failures, failingSince: state.failingSince ?? now };
  const isNews = state.open === null ? failures >= pace.failures : wasProbe;
  if (!isNews) return counted;
  const pauseMs = Math.min(state.open === null ? pace.firstPauseMs : state.open.pauseMs * 2, pace.longestPauseMs);
  const jittered = (pauseMs / 2) * (1 + random);
  const wait = Math.max(jittered, Math.min(retryAfterMs, pace.longestHoldMs));
  return { ...counted, open: { probeAt: Math.ceil(now + wait), pauseMs, probing: false } };
}

function afterProbe(state: CircuitState, wasProbe: boolean): CircuitState {
  return wasProbe && state.open !== null ? { ...state, open: { ...state.open, probing: false } } : state;
}
