import type { IncomingMessage } from 'node:http';
import { HttpProblem } from './answer.ts';

const LIMIT_BYTES = 1024 * 1024;
/** A caller who sends a little too much is heard out, so that the answer reaches them; others are cut off. */
const PATIENCE_BYTES = 8 * LIMIT_BYTES;

/** Reads a request's JSON body. Throws an `HttpProblem` when it is too large (413), of another type (415) or not JSON (400). */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type) || encoding.toLowerCase() !== 'identity') {
    const message = 'Send the body as application/json, in UTF-8 and not compressed.';
    throw new HttpProblem(415, 'unsupported_media_type', message);
  }
  return parseJson(await readBytes(request));
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes: Buffer = chunk;
      size += bytes.length;
      if (size <= LIMIT_BYTES) chunks.push(bytes);
      if (size > PATIENCE_BYTES) break;
    }
  } catch (cause) {
    throw new HttpProblem(400, 'incomplete', 'Send the whole body.', { cause });
  }
  if (size > LIMIT_BYTES) throw new HttpProblem(413, 'too_large', 'Send a body of at most 1 MiB.');
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HttpProblem(400, 'not_json', 'Send a body that is JSON in UTF-8.');
  }
}
