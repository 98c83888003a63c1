import { z } from 'zod';
import { jsonIn } from '../../shared/json.ts';
import { codedMessage } from '../http/coded-message.ts';
import { malformed, type UpstreamResponse } from '../http/failures.ts';
import { type Access, createPipeline, type Pipeline } from '../http/pipeline.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { isAlreadyEnabled, isNotSubscribed } from './error-codes.ts';
import { type FeedRecord, recordsIn } from './record.ts';

/** A blob of audit records, which can be fetched for 7 days. */
type Content = { readonly id: string; readonly path: string };

export type ActivityFeed = {
  /** Starts the subscription to a content type. Does nothing when it is already started. */
  start(contentType: string): Promise<void>;
  /**
   * Lists the content that became available between `from` and `to` (ms since the epoch, at most 24 h apart, at most 7 days
   * ago), over all pages.
   */
  list(contentType: string, from: number, to: number): Promise<readonly Content[]>;
  /** Fetches the content and returns the records that this service uses, in no particular order. */
  read(content: Content): Promise<readonly FeedRecord[]>;
};

const MAX_PAGES = 200;

type FeedAccess = Access & { readonly tenantId: string; readonly shapes?: ShapeWatch | undefined };

/**
 * Creates a client of the Office 365 Management Activity API, limited to records about our alert policy and inbound
 * connectors. Throws an UpstreamError for every failure (learn.microsoft.com/office/office-365-management-api).
 */
export function createActivityFeed({ tenantId, shapes, ...access }: FeedAccess): ActivityFeed {
  const pipeline = createPipeline('activity_feed', access, (_, response) => codedMessage(response));
  const root = `/api/v1.0/${tenantId}/activity/feed`;
  const request = (call: FeedCall) => callFeed(pipeline, access.endpoint, tenantId, call);

  async function start(contentType: string): Promise<void> {
    const path = `${root}/subscriptions/start?contentType=${contentType}`;
    await request({ method: 'POST', path, operation: 'subscriptions/start' }).catch((error: unknown) => {
      if (!isAlreadyEnabled(error)) throw error;
    });
  }

  async function list(contentType: string, from: number, to: number): Promise<readonly Content[]> {
    const range = `startTime=${second(from)}&endTime=${second(to)}`;
    const contents: Content[] = [];
    let path = `${root}/subscriptions/content?contentType=${contentType}&${range}`;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const response = await request({ method: 'GET', path, operation: LIST });
      contents.push(...contentsIn(response, root));
      const next = response.headers.get('NextPageUri');
      if (next === null) return contents;
      path = pathOf(next, root) ?? '';
      if (path === '') throw malformedResponse(LIST, response, 'the next page is not one of this feed');
    }
    throw malformedResponse(LIST, { status: 200 }, `more than ${MAX_PAGES} pages`);
  }

  return {
    start,
    list: (contentType, from, to) =>
      list(contentType, from, to).catch(async (error: unknown) => {
        if (!isNotSubscribed(error)) throw error;
        await start(contentType);
        return list(contentType, from, to);
      }),
    async read({ path }) {
      const response = await request({ method: 'GET', path, operation: READ });
      const rows = jsonIn(response.text);
      if (!Array.isArray(rows)) throw malformedResponse(READ, response, 'the content is not a list of records');
      return recordsIn(rows, shapes);
    },
  };
}

const LIST = 'subscriptions/content';
const READ = 'audit/{id}';

type FeedCall = { readonly method: 'GET' | 'POST'; readonly path: string; readonly operation: string };

/** Starting a started subscription does nothing, so every call is safe to retry. */
function callFeed(pipeline: Pipeline, endpoint: string, tenantId: string, call: FeedCall): Promise<UpstreamResponse> {
  const url = new URL(call.path, endpoint);
  // Without this parameter the call counts against a quota shared by all callers.
  url.searchParams.set('PublisherIdentifier', tenantId);
  const headers = new Headers({ accept: 'application/json' });
  const { method, operation } = call;
  return pipeline({ url: url.href, method, operation, headers, body: undefined, repeatable: true });
}

const listSchema = z.array(z.object({ contentId: z.string().min(1), contentUri: z.string() }));

function contentsIn(response: UpstreamResponse, root: string): readonly Content[] {
  const rows = listSchema.safeParse(jsonIn(response.text));
  if (!rows.success) throw malformedResponse(LIST, response, 'the response is not a list of contents');
  return rows.data.map(({ contentId, contentUri }) => {
    const path = pathOf(contentUri, root);
    if (path === null) throw malformedResponse(LIST, response, 'a content is not under this feed');
    return { id: contentId, path };
  });
}

/**
 * Returns the path of an address, to be requested at the configured endpoint whatever host the address names. Returns null
 * when the address is outside this tenant's feed.
 */
function pathOf(address: string, root: string): string | null {
  if (!URL.canParse(address)) return null;
  const { pathname, search } = new URL(address);
  const below = pathname.toLowerCase().replace('/api/v1/', '/api/v1.0/');
  return below.startsWith(`${root.toLowerCase()}/`) ? pathname + search : null;
}

/** Formats a time as the feed expects it: UTC, whole seconds, no zone. */
function second(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

function malformedResponse(operation: string, response: Pick<UpstreamResponse, 'status'>, message: string) {
  return malformed({ service: 'activity_feed', operation, repeatable: true }, response, message);
}
