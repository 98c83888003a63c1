import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import type { TrafficReading } from '../../incident/model/traffic.ts';
import { hourOf } from '../../incident/model/traffic.ts';
import { instantOf } from '../http/instant.ts';
import type { GraphCall } from './call.ts';
import type { Permit } from './hunting.ts';
import { readPages } from './pages.ts';

/** Mail from these addresses; times in ms since the epoch, at most 10 days apart. */
type TraceOf = {
  readonly addresses: readonly string[];
  readonly from: number;
  readonly until: number;
  readonly signal?: AbortSignal | undefined;
};

/** Throws an UpstreamError when no page could be read; `forbidden` without the permission. */
export type MessageTrace = (mail: TraceOf) => Promise<TrafficReading>;

/** The most that one page may have. */
const PAGE_SIZE = 5_000;
/** Of one address; each page is one of the 100 calls that the tenant has in 5 minutes. */
const MAX_PAGES = 4;

const rowSchema = z.object({
  receivedDateTime: z.string(),
  senderAddress: z.string().nullish(),
  fromIP: z.string().nullish(),
  status: z.string().nullish(),
});

type Message = { readonly at: number; readonly envelope: string; readonly address: string; readonly judged: boolean };

/** Statuses of mail that Microsoft held to be spam, phish or malware (Microsoft Graph: exchangeMessageTrace). */
const JUDGED: ReadonlySet<string> = new Set(['filteredAsSpam', 'quarantined']);

/**
 * Reads message trace by the address that mail came from (Microsoft Graph: List messageTraces; ExchangeMessageTrace.Read.All).
 * It has neither the connector nor the From header of a message. `permit` is awaited before every request.
 */
export function createMessageTrace(client: Client, permit: Permit = async () => {}): MessageTrace {
  return async (mail) => {
    const messages: Message[] = [];
    const reasons: string[] = [];
    for (const address of mail.addresses) {
      const { rows, reason } = await readPages(client, callOf(address, mail), MAX_PAGES, permit);
      const read = rows.flatMap((row) => messageIn(row, address));
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

function messageIn(row: unknown, address: string): readonly Message[] {
  const { data } = rowSchema.safeParse(row);
  const at = instantOf(data?.receivedDateTime);
  if (data === undefined || at === null) return [];
  const envelope = data.senderAddress?.split('@').at(-1)?.toLowerCase() ?? '';
  return [{ at, envelope, address: data.fromIP ?? address, judged: JUDGED.has(data.status ?? '') }];
}

function readingOf(messages: readonly Message[], { from, until }: TraceOf, incomplete: string | null): TrafficReading {
  const inTime = messages.filter(({ at }) => at >= from && at < until);
  return {
    source: 'trace',
    from,
    until,
    incomplete,
    hours: counted(inTime, ({ at }) => hourOf(at))
      .map(([at, counts]) => ({ at, ...counts }))
      .sort((a, b) => a.at - b.at),
    senders: counted(inTime, ({ envelope }) => envelope).map(([envelope, counts]) => ({
      envelope,
      from: null,
      ...counts,
    })),
    addresses: counted(inTime, ({ address }) => address).map(([address, counts]) => ({ address, ...counts })),
  };
}

/** Counts of each key, the most messages first. */
function counted<K>(messages: readonly Message[], keyOf: (message: Message) => K) {
  const groups = Map.groupBy(messages, keyOf);
  return [...groups]
    .map(([key, group]) => {
      return [key, { messages: group.length, judged: group.filter(({ judged }) => judged).length }] as const;
    })
    .sort(([, a], [, b]) => b.messages - a.messages);
}
