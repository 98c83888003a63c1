import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attributes, Span, SpanKind } from '@opentelemetry/api';

type Fetch = typeof globalThis.fetch;
type Kind = keyof Pick<typeof SpanKind, 'SERVER' | 'CLIENT' | 'INTERNAL'>;

/** Runs pieces of work as spans of a trace, each the child of the one it runs in. */
export type Tracing = {
  readonly span: <R>(name: string, kind: Kind, work: (note: (more: Attributes) => void) => Promise<R>) => Promise<R>;
  /** Sends what was not sent yet. */
  stop(): Promise<void>;
};

export const NO_TRACING: Tracing = { span: (_name, _kind, work) => work(() => {}), stop: async () => {} };

const INSTRUMENTATION = 'connector-guard';

/**
 * Sends spans to a collector by OTLP over HTTP, JSON (OpenTelemetry Protocol). The libraries are loaded here, so that whoever
 * wants no traces pays nothing. A collector that does not answer costs spans, and nothing else.
 */
export async function startTracing(url: string, version: string): Promise<Tracing> {
  const [{ ROOT_CONTEXT, SpanKind, SpanStatusCode, trace }, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': INSTRUMENTATION, 'service.version': version }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  });
  const tracer = provider.getTracer(INSTRUMENTATION, version);
  const current = new AsyncLocalStorage<Span>();
  return {
    async span(name, kind, work) {
      const parent = current.getStore();
      const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
      const span = tracer.startSpan(name, { kind: SpanKind[kind] }, context);
      try {
        return await current.run(span, () => work((more) => void span.setAttributes(more)));
      } catch (error) {
        // Only what kind of error it was: its message may name people and connectors.
        span.setStatus({ code: SpanStatusCode.ERROR });
        span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
        throw error;
      } finally {
        span.end();
      }
    },
    // What a collector that is away did not take is lost, and keeps nobody from stopping.
    stop: () => provider.shutdown().catch(() => undefined),
  };
}

/** A `fetch` whose calls are spans, named by service alone: addresses have ids of people and names of connectors in them. */
export function tracedFetch(given: Fetch, tracing: Tracing, serviceOf: (url: string) => string): Fetch {
  return (input, init) => {
    const service = serviceOf(input instanceof Request ? input.url : String(input));
    return tracing.span(`call ${service}`, 'CLIENT', async (note) => {
      note({ 'peer.service': service, 'http.request.method': init?.method ?? 'GET' });
      const response = await given(input, init);
      note({ 'http.response.status_code': response.status });
      return response;
    });
  };
}
