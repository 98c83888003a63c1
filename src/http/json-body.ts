import type { IncomingMessage } from 'node:http';
import { HttpProblem } from './answer.ts';

/** What a request's body may take: bytes in memory, and ms until all of it is here. */
export type BodyLimits = { readonly mostBytes: number; readonly withinMs: number };

const MIB = 1024 * 1024;
const USUAL: BodyLimits = { mostBytes: MIB, withinMs: 10_000 };
/** A caller who sends a little too much is heard out, so that the answer reaches them; others are cut off. */
const PATIENCE_BYTES = 8 * MIB;

/**
 * Reads a request's JSON body. Throws an `HttpProblem` when it is too large (413), too slow (408), of another type (415)
 * or not JSON (400).
 */
export async function readJsonBody(request: IncomingMessage, limits: BodyLimits = USUAL): Promise<unknown> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type) || encoding.toLowerCase() !== 'identity') {
    const message = 'Send the body as application/json, in UTF-8 and not compressed.';
    throw new HttpProblem(415, 'unsupported_media_type', message);
  }
  return parseJson(await inTime(readBytes(request, limits.mostBytes), limits.withinMs));
}

/** A connection whose body is not here in time is closed, so that it holds nothing any more. */
async function inTime(reading: Promise<Buffer>, ms: number): Promise<Buffer> {
  const late = Promise.withResolvers<never>();
  const message = `Send the whole body within ${ms / 1000} s.`;
  const tooSlow = () => late.reject(new HttpProblem(408, 'too_slow', message, { headers: { Connection: 'close' } }));
  const timer = setTimeout(tooSlow, ms);
  try {
    return await Promise.race([reading, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function readBytes(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes: Buffer = chunk;
      size += bytes.length;
      if (size <= mostBytes) chunks.push(bytes);
      if (size > PATIENCE_BYTES) break;
    }
  } catch (cause) {
    throw new HttpProblem(400, 'incomplete', 'Send the whole body.', { cause });
  }
  if (size > mostBytes) throw new HttpProblem(413, 'too_large', `Send a body of at most ${mostBytes / 1024} KiB.`);
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HttpProblem(400, 'not_json', 'Send a body that is JSON in UTF-8.');
  }
}
