import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { hourOf, mostFirst, type TrafficReading } from '../../incident/model/traffic.ts';
import { instantOf } from '../http/instant.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import type { GraphCall } from './call.ts';
import { readPages } from './pages.ts';
import type { Permit } from './permitted.ts';

/** The source addresses and the time range of the mail to read; times in ms since the epoch, at most 10 days apart. */
type TraceOf = {
  readonly addresses: readonly string[];
  readonly from: number;
  readonly until: number;
  /** Senders and addresses are counted from this time on. */
  readonly recentFrom: number;
  readonly signal?: AbortSignal | undefined;
};

/** Reads and counts mail. Throws an UpstreamError when no page could be read; `forbidden` without the permission. */
export type MessageTrace = (mail: TraceOf) => Promise<TrafficReading>;

/** The longest time range of one request, in ms; it may begin at most 90 days ago (Microsoft Graph: List messageTraces). */
export const TRACE_SPAN_MS = 10 * 24 * 3_600_000;

/** The largest page that the API returns. */
const PAGE_SIZE = 5_000;
/** Per address. Each page is one of the 100 requests that a tenant may send in 5 minutes. */
const MAX_PAGES = 4;

const rowSchema = z.object({
  receivedDateTime: z.string(),
  senderAddress: z.string().nullish(),
  fromIP: z.string().nullish(),
  status: z.string().nullish(),
});

type Message = { readonly at: number; readonly envelope: string; readonly address: string; readonly judged: boolean };

/** Statuses of mail that Microsoft classified as spam, phish or malware (Microsoft Graph: exchangeMessageTrace). */
const JUDGED: ReadonlySet<string> = new Set(['filteredAsSpam', 'quarantined']);

/**
 * Creates a reader of message trace by source address (Microsoft Graph: List messageTraces; ExchangeMessageTrace.Read.All).
 * Message trace contains neither the connector nor the From header of a message. `permit` is awaited before every request.
 */
export function createMessageTrace(
  client: Client,
  permit: Permit = async () => {},
  shapes?: ShapeWatch | undefined,
): MessageTrace {
  return async (mail) => {
    const messages: Message[] = [];
    const reasons: string[] = [];
    for (const address of mail.addresses) {
      const { rows, reason } = await readPages(client, callOf(address, mail), MAX_PAGES, permit);
      const read = rows.flatMap((row) => messageIn(row, address, shapes));
      messages.push(...read);
      if (reason !== null) reasons.push(reason);
      if (read.length < rows.length) reasons.push(`message trace sent ${rows.length - read.length} unreadable rows`);
    }
    return readingOf(messages, mail, reasons[0] ?? null);
  };
}

function callOf(address: string, { from, until, signal }: TraceOf): GraphCall {
  const filter = `fromIP eq '${address.replaceAll("'", "''")}' and receivedDateTime ge ${iso(from)} and receivedDateTime le ${iso(until)}`;
  return {
    method: 'GET',
    path: '/admin/exchange/tracing/messageTraces',
    query: { $filter: filter, $top: String(PAGE_SIZE) },
    signal,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

function messageIn(row: unknown, address: string, shapes: ShapeWatch | undefined): readonly Message[] {
  const { data } = rowSchema.safeParse(row);
  const at = instantOf(data?.receivedDateTime);
  if (data === undefined || at === null) {
    shapes?.unexpected('message_trace_row', `a row with ${Object.keys(Object(row)).toSorted().join(', ')}`);
    return [];
  }
  const [, envelope = ''] = /@([^@<>\s]+)>?\s*$/.exec(data.senderAddress?.toLowerCase() ?? '') ?? [];
  return [{ at, envelope, address: data.fromIP ?? address, judged: JUDGED.has(data.status ?? '') }];
}

function readingOf(
  messages: readonly Message[],
  { from, until, recentFrom }: TraceOf,
  incomplete: string | null,
): TrafficReading {
  const inTime = messages.filter(({ at }) => at >= from && at < until);
  const recent = (group: readonly Message[]) => ({
    ...countsOf(group.filter(({ at }) => at >= recentFrom)),
    firstAt: group.reduce((first, { at }) => Math.min(first, hourOf(at)), until),
  });
  return {
    ...{ source: 'trace', from, until, recentFrom, incomplete },
    hours: [...Map.groupBy(inTime, ({ at }) => hourOf(at))]
      .map(([at, group]) => ({ at, ...countsOf(group) }))
      .sort((a, b) => a.at - b.at),
    senders: [...Map.groupBy(inTime, ({ envelope }) => envelope)]
      .map(([envelope, group]) => ({ envelope, from: null, ...recent(group) }))
      .sort(mostFirst),
    addresses: [...Map.groupBy(inTime, ({ address }) => address)]
      .map(([address, group]) => ({ address, ...recent(group) }))
      .sort(mostFirst),
  };
}

function countsOf(group: readonly Message[]) {
  return { messages: group.length, judged: group.filter(({ judged }) => judged).length };
}
