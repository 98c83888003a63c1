import type { Service } from './faults.ts';
import { type Call, parseJson } from './wire.ts';

export type RecordedRequest = {
  readonly at: number;
  readonly service: Service;
  /** The cmdlet for Exchange, `METHOD /path` elsewhere; faults are matched against it. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** Whether the bearer token was genuine and for this service; undefined where none is required. */
  readonly tokenOk: boolean | undefined;
  /** Undefined until the request is answered, and if it never is. */
  readonly status: number | undefined;
  readonly answeredAt: number | undefined;
  readonly fault: string | undefined;
  /** The request id in the response, or else the one in the request. */
  readonly requestId: string | undefined;
};

type Arrival = Pick<RecordedRequest, 'service' | 'operation' | 'tokenOk' | 'fault'>;

export type RequestLog = {
  readonly entries: readonly RecordedRequest[];
  open(call: Call, arrival: Arrival): { answered(status: number, requestId: string | undefined): void };
};

const SECRETS: ReadonlySet<string> = new Set(['clientState', 'access_token', 'validationToken', 'validationTokens']);

export function createRequestLog(now: () => number): RequestLog {
  const entries: RecordedRequest[] = [];
  return {
    entries,
    open(call, arrival) {
      const index = entries.length;
      const query = call.query.size === 0 ? '' : `?${call.query.toString()}`;
      const entry: RecordedRequest = {
        ...arrival,
        at: now(),
        method: call.method,
        path: `${call.path}${query}`,
        body: withoutSecrets(parseJson(call.text) ?? call.text),
        status: undefined,
        answeredAt: undefined,
        requestId: clientRequestId(call),
      };
      entries.push(entry);
      return {
        answered(status, requestId = entry.requestId) {
          entries[index] = { ...entry, status, answeredAt: now(), requestId };
        },
      };
    },
  };
}

function clientRequestId({ headers }: Call): string | undefined {
  const sent = headers['client-request-id'];
  return typeof sent === 'string' ? sent : undefined;
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, held]) => [
    key,
    SECRETS.has(key) ? '[redacted]' : withoutSecrets(held),
  ]);
  return Object.fromEntries(fields);
}
