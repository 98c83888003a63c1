import { AsyncLocalStorage } from 'node:async_hooks';
import type { Attributes, Span, SpanKind } from '@opentelemetry/api';

type Fetch = typeof globalThis.fetch;
type Kind = keyof Pick<typeof SpanKind, 'SERVER' | 'CLIENT' | 'INTERNAL'>;

/** Runs work as spans of a trace, each a child of the span it runs in. */
export type Tracing = {
  readonly span: <R>(name: string, kind: Kind, work: (note: (more: Attributes) => void) => Promise<R>) => Promise<R>;
  /** Sends the remaining spans. */
  stop(): Promise<void>;
};

export const NO_TRACING: Tracing = { span: (_name, _kind, work) => work(() => {}), stop: async () => {} };

const INSTRUMENTATION = 'connector-guard';

/**
 * Starts sending spans to a collector by OTLP over HTTP with JSON (OpenTelemetry Protocol). The libraries are loaded only
 * here, so that tracing costs nothing while it is off. When the collector does not respond, only spans are lost.
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
        // Record only the kind of the error: its message may contain names of people and connectors.
        span.setStatus({ code: SpanStatusCode.ERROR });
        span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
        throw error;
      } finally {
        span.end();
      }
    },
    // Spans that the collector did not accept are lost and do not delay stopping.
    stop: () => provider.shutdown().catch(() => undefined),
  };
}

/**
 * Returns a `fetch` whose calls are recorded as spans, named by service only: addresses contain ids of people and names of
 * connectors.
 */
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
