import { Client, type Context, GraphClientError, type Middleware } from '@microsoft/microsoft-graph-client';
import { codedMessage } from '../http/coded-message.ts';
import type { UpstreamResponse } from '../http/failures.ts';
import { type Access, createPipeline, type Pipeline } from '../http/pipeline.ts';
import { isRepeatable, operationOf } from './operation.ts';

const PUBLIC_SCOPE = 'https://graph.microsoft.com/.default';

type GraphAccess = Omit<Access, 'scope' | 'clock'> & { readonly scope?: string; readonly clock?: () => number };

/**
 * Creates a Microsoft Graph v1.0 client on our own pipeline: the SDK's middleware adds tokens only for Microsoft's https
 * hosts and retries POST requests. Use it through `callGraph` and `readPages`, which turn every failure into an
 * UpstreamError.
 */
export function createGraphClient({ scope = PUBLIC_SCOPE, clock = Date.now, ...access }: GraphAccess): Client {
  const pipeline = createPipeline('graph', { ...access, scope, clock }, (_, response) => codedMessage(response));
  return Client.initWithMiddleware({
    baseUrl: access.endpoint,
    defaultVersion: 'v1.0',
    middleware: { execute: (context) => execute(pipeline, context) } satisfies Middleware,
  });
}

async function execute(pipeline: Pipeline, context: Context): Promise<void> {
  const { options = {}, request } = context;
  const url = typeof request === 'string' ? request : request.url;
  const method = options.method ?? 'GET';
  const { pathname } = new URL(url);
  const operation = operationOf(method, pathname);
  const response = await carried(
    pipeline({
      url,
      method,
      headers: new Headers(options.headers),
      body: typeof options.body === 'string' ? options.body : undefined,
      operation,
      repeatable: isRepeatable(method, pathname),
      signal: options.signal ?? undefined,
    }),
  );
  context.response = responseOf(response);
}

function responseOf({ status, headers, text }: UpstreamResponse): Response {
  return new Response(text === '' ? null : text, { status, headers });
}

/** Wraps errors in a GraphClientError, the only error that the SDK rethrows with its cause. */
async function carried<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const carrier = new GraphClientError(error instanceof Error ? error.message : String(error));
    carrier.customError = error;
    throw carrier;
  }
}

/** Returns the error that the pipeline threw. */
export function failureIn(error: unknown): unknown {
  return error instanceof GraphClientError ? (error.customError ?? error) : error;
}
