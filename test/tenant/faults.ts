export type Service = 'identity' | 'openid' | 'graph' | 'exchange' | 'activity-feed' | 'teams' | 'sharepoint';

/** What goes wrong. Kinds that begin with `act-then` carry out the request before they misbehave. */
export type Misbehaviour =
  | { readonly kind: 'throttle'; readonly retryAfterSeconds?: number }
  | { readonly kind: 'unavailable'; readonly status?: 500 | 502 | 503 | 504; readonly retryAfterSeconds?: number }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: unknown;
      /** The body, declared as JSON although it need not be. */
      readonly text?: string;
      readonly retryAfterSeconds?: number;
    }
  | { readonly kind: 'nul-403' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }
  /** Hangs without carrying out the request; when released, it cuts the connection. */
  | { readonly kind: 'lose' }
  | { readonly kind: 'act-then-hang' }
  | { readonly kind: 'act-then-fail'; readonly status?: 408 | 429 | 500 | 502 | 503 | 504 }
  | { readonly kind: 'act-then-reset' }
  | { readonly kind: 'truncate'; readonly keep?: number }
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'rate-limit'; readonly perSecond: number; readonly retryAfterSeconds?: number };

type Fault = Misbehaviour & {
  /** Every service when omitted. */
  readonly service?: Service;
  /** A cmdlet, or a part of `METHOD /path`; everything of the service when omitted. */
  readonly match?: string | RegExp;
  readonly times?: number | 'until-cleared';
  /** Let this many matching requests through first. */
  readonly skip?: number;
};

/** The request that was hit, with the port it came from. */
type Hit = { readonly service: Service; readonly operation: string; readonly peerPort: number | undefined };

export type FaultHandle = {
  hits(): number;
  /** Resolves at the first hit. */
  whenHit(): Promise<Hit>;
  /** Releases every held request, and those still to come. */
  release(): void;
  clear(): void;
};

export type Faults = {
  add(fault: Fault): FaultHandle;
  release(): void;
  clear(): void;
};

/** What happens to the next request of a service. */
export type Verdict = {
  readonly latencyMs: number;
  readonly misbehaviour: Misbehaviour | undefined;
  readonly released: Promise<void>;
};

export type FaultQueue = Faults & { take(service: Service, operation: string, peerPort?: number): Verdict };

type Armed = {
  readonly fault: Fault;
  readonly hit: PromiseWithResolvers<Hit>;
  readonly gate: PromiseWithResolvers<void>;
  readonly passed: number[];
  left: number;
  skip: number;
  hits: number;
};

export function createFaults(): FaultQueue {
  const armed: Armed[] = [];
  return {
    add(fault) {
      const one = arm(fault);
      armed.push(one);
      return {
        hits: () => one.hits,
        whenHit: () => one.hit.promise,
        release: () => one.gate.resolve(),
        clear: () => disarm(one),
      };
    },
    release() {
      for (const one of armed) one.gate.resolve();
    },
    clear() {
      for (const one of armed) disarm(one);
    },
    take(service, operation, peerPort) {
      const candidates = armed.filter((one) => applies(one, service, operation));
      return judge(candidates, { service, operation, peerPort });
    },
  };
}

function arm(fault: Fault): Armed {
  const left = fault.times === 'until-cleared' ? Number.POSITIVE_INFINITY : (fault.times ?? 1);
  const [hit, gate] = [Promise.withResolvers<Hit>(), Promise.withResolvers<void>()];
  return { fault, hit, gate, passed: [], left, skip: fault.skip ?? 0, hits: 0 };
}

function disarm(one: Armed): void {
  one.left = 0;
  one.gate.resolve();
}

function applies(one: Armed, service: Service, operation: string): boolean {
  const { match, service: wanted = service } = one.fault;
  if (one.left <= 0 || wanted !== service) return false;
  if (match === undefined) return true;
  return typeof match === 'string' ? operation.includes(match) : match.test(operation);
}

function judge(candidates: readonly Armed[], hit: Hit): Verdict {
  let latencyMs = 0;
  for (const one of candidates) {
    if (one.skip > 0) {
      one.skip -= 1;
      continue;
    }
    if (one.fault.kind === 'rate-limit' && withinRate(one, one.fault.perSecond)) continue;
    spend(one, hit);
    if (one.fault.kind === 'latency') latencyMs += one.fault.ms;
    else return { latencyMs, misbehaviour: one.fault, released: one.gate.promise };
  }
  return { latencyMs, misbehaviour: undefined, released: Promise.resolve() };
}

function withinRate(one: Armed, perSecond: number): boolean {
  const now = performance.now();
  const recent = one.passed.filter((at) => now - at < 1000);
  one.passed.splice(0, one.passed.length, ...recent);
  if (recent.length >= perSecond) return false;
  one.passed.push(now);
  return true;
}

function spend(one: Armed, hit: Hit): void {
  one.left -= 1;
  one.hits += 1;
  one.hit.resolve(hit);
}
