import type { IncomingMessage } from 'node:http';
import { HttpError } from './response.ts';

/** A limit on the bytes held in memory at the same time, shared by all holders. */
export type ByteBudget = {
  /** Reserves bytes. Returns false and reserves nothing when fewer are left. */
  take(bytes: number): boolean;
  giveBack(bytes: number): void;
};

export function createByteBudget(most: number): ByteBudget {
  let left = most;
  return {
    take(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    giveBack(bytes) {
      left += bytes;
    },
  };
}

/** Limits on a request's body: its size in bytes, and the ms until it has fully arrived. */
export type BodyLimits = { readonly maxBytes: number; readonly withinMs: number };

const MIB = 1024 * 1024;
const UTF8 = new TextDecoder('utf-8', { fatal: true });
const USUAL: BodyLimits = { maxBytes: MIB, withinMs: 10_000 };

/**
 * Reads a request's JSON body. Throws an `HttpError` when the body is too large (413), too slow (408), of another type
 * (415) or not JSON (400), or when too many bodies are being read (503). The caller discards the unread rest of such a
 * body.
 */
export async function readJsonBody(
  request: IncomingMessage,
  budget: ByteBudget,
  limits: BodyLimits = USUAL,
): Promise<unknown> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type) || encoding.toLowerCase() !== 'identity') {
    const message = 'Send the body as application/json, in UTF-8 and not compressed.';
    throw new HttpError(415, 'unsupported_media_type', message);
  }
  const stop = new AbortController();
  try {
    return await inTime(parseBody(request, budget, limits.maxBytes, stop.signal), limits.withinMs);
  } catch (error) {
    stop.abort();
    throw error;
  }
}

/** Closes the connection when the body does not arrive in time, which frees its memory. */
async function inTime<T>(reading: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const message = `Send the whole body within ${ms / 1000} s.`;
  const tooSlow = () => late.reject(new HttpError(408, 'too_slow', message, { headers: { Connection: 'close' } }));
  // After a pause of the whole process, the timer is due before what arrived in the meantime is read.
  const timer = setTimeout(() => setImmediate(tooSlow), ms);
  try {
    return await Promise.race([reading, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function parseBody(
  request: IncomingMessage,
  budget: ByteBudget,
  mostBytes: number,
  stop: AbortSignal,
): Promise<unknown> {
  const chunks: Buffer[] = [];
  let held = 0;
  try {
    for await (const chunk of chunksOf(request)) {
      if (stop.aborted) break;
      if (held + chunk.length > mostBytes) throw tooLarge(mostBytes);
      if (!budget.take(chunk.length)) throw busy();
      held += chunk.length;
      chunks.push(chunk);
    }
    return parseJson(Buffer.concat(chunks));
  } finally {
    budget.giveBack(held);
  }
}

async function* chunksOf(request: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) yield chunk;
  } catch (cause) {
    throw new HttpError(400, 'incomplete', 'Send the whole body.', { cause });
  }
}

function tooLarge(mostBytes: number): HttpError {
  return new HttpError(413, 'too_large', `Send a body of at most ${mostBytes / 1024} KiB.`);
}

function busy(): HttpError {
  const message = 'Too many request bodies are being read. Send the request again.';
  return new HttpError(503, 'busy', message, { headers: { 'Retry-After': '5' } });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(UTF8.decode(bytes));
  } catch {
    throw new HttpError(400, 'not_json', 'Send a body that is JSON in UTF-8.');
  }
}
