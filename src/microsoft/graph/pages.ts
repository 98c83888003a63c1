import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { UpstreamError } from '../../shared/errors.ts';
import { callGraphRaw, checked, type GraphCall } from './call.ts';
import { type Permit, permitted } from './permitted.ts';

/** The rows of a list, and the reason when it was not read to its end. */
export type Rows = { readonly rows: readonly unknown[]; readonly reason: string | null };

const pageSchema = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().nullish() });

type Page = Rows & { readonly next: string | null };

type ReadPage = (call: GraphCall) => Promise<Page>;

const PARTIAL_CONTENT = 206;

/**
 * Reads a list by following its next links (Microsoft Graph: paging), at most `mostPages` pages, each through `permitted`
 * where there is a `permit`. Throws an UpstreamError only when the first page cannot be read; a later failure returns the
 * rows so far and the reason.
 */
export async function readPages(
  client: Client,
  call: GraphCall,
  mostPages: number,
  permit: Permit | null = null,
): Promise<Rows> {
  const read: ReadPage = (one) =>
    permit === null ? readPage(client, one) : permitted(permit, () => readPage(client, one));
  const first = await read(call);
  const pages = [first];
  for (let { next } = first; next !== null; ) {
    const isOver = pages.length >= mostPages;
    const page = isOver ? unread(`more than ${mostPages} pages`) : await readNext(read, call, next);
    pages.push(page);
    next = page.next;
  }
  const reason = pages.find((page) => page.reason !== null)?.reason ?? null;
  return { rows: pages.flatMap(({ rows }) => rows), reason: reason === null ? null : `${call.path}: ${reason}` };
}

async function readNext(read: ReadPage, call: GraphCall, link: string): Promise<Page> {
  const path = pathOf(link);
  if (path === null) return unread('the next link is not one of Graph v1.0');
  try {
    return await read({ ...call, path, query: {} });
  } catch (error) {
    if (error instanceof UpstreamError) return unread(error.message);
    throw error;
  }
}

/**
 * Reads one page. The security API responds with 206 when one of its sources failed (Microsoft Graph: Security API error
 * responses).
 */
async function readPage(client: Client, call: GraphCall): Promise<Page> {
  const response = await callGraphRaw(client, call);
  const page = checked(call, response, pageSchema);
  const reason = response.status === PARTIAL_CONTENT ? 'Graph returned a partial response (206)' : null;
  return { rows: page.value, next: page['@odata.nextLink'] ?? null, reason };
}

function unread(reason: string): Page {
  return { rows: [], next: null, reason };
}

/** Returns the path of a next link, to be requested at the configured endpoint whatever host the link names. */
function pathOf(link: string): string | null {
  if (!URL.canParse(link)) return null;
  const { pathname, search } = new URL(link);
  return pathname.startsWith('/v1.0/') ? pathname.slice('/v1.0'.length) + search : null;
}
