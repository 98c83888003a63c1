import { Histogram, type Registry } from 'prom-client';

type Fetch = typeof globalThis.fetch;

/** Measures the duration of incoming requests, jobs and calls to Microsoft. */
export type Timings = {
  /** A `fetch` whose calls are measured. */
  readonly fetch: Fetch;
  /** Wraps a job handler to measure its runs. */
  readonly job: <J extends { readonly task: string }, R>(handle: (job: J) => Promise<R>) => (job: J) => Promise<R>;
  /** Records a request to a route, with its HTTP status and duration. */
  readonly request: (route: string, status: number, seconds: number) => void;
  readonly addTo: (registry: Registry) => void;
};

/** Bucket limits in seconds. Teams gives up on a click after 10 s or more, Microsoft Graph on a notification after 3 s. */
const REQUEST_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 15];
const WORK_BUCKETS = [0.1, 0.5, 1, 2, 5, 10, 20, 60, 300];

/** Creates the timings. `services` maps an origin to the name of its service; `now` measures intervals only, ms. */
export function createTimings(given: Fetch, services: ReadonlyMap<string, string>, now: () => number): Timings {
  const requests = histogram('http_request_seconds', 'Requests to this service.', ['route', 'status'], REQUEST_BUCKETS);
  const jobs = histogram('job_seconds', 'Runs of jobs, by task and outcome.', ['task', 'outcome'], WORK_BUCKETS);
  const help = 'HTTP calls to Microsoft, by service and status; "none" when no response arrived.';
  const calls = histogram('upstream_call_seconds', help, ['service', 'status'], WORK_BUCKETS);
  const since = (begun: number) => (now() - begun) / 1_000;
  return {
    async fetch(input, init) {
      const begun = now();
      const { origin } = new URL(input instanceof Request ? input.url : input);
      const service = services.get(origin) ?? 'other';
      try {
        const response = await given(input, init);
        calls.observe({ service, status: String(response.status) }, since(begun));
        return response;
      } catch (error) {
        calls.observe({ service, status: 'none' }, since(begun));
        throw error;
      }
    },
    job: (handle) => async (job) => {
      const begun = now();
      try {
        const result = await handle(job);
        jobs.observe({ task: job.task, outcome: 'done' }, since(begun));
        return result;
      } catch (error) {
        jobs.observe({ task: job.task, outcome: 'failed' }, since(begun));
        throw error;
      }
    },
    request: (route, status, seconds) => requests.observe({ route, status: String(status) }, seconds),
    addTo(registry) {
      for (const metric of [requests, jobs, calls]) registry.registerMetric(metric);
    },
  };
}

function histogram<L extends string>(name: string, help: string, labelNames: L[], buckets: number[]): Histogram<L> {
  return new Histogram({ name: `connector_guard_${name}`, help, labelNames, buckets, registers: [] });
}
