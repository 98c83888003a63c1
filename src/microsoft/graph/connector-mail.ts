import { z } from 'zod';
import { mostFirst, type TrafficReading } from '../../incident/model/traffic.ts';
import { kqlText, kqlTime } from '../../shared/kql.ts';
import { instantOf } from '../http/instant.ts';
import type { Hunting } from './hunting.ts';

/** The connector and the time range of the mail to read; times in ms since the epoch. */
type MailOf = {
  readonly connector: { readonly id: string; readonly name: string | null };
  readonly from: number;
  readonly until: number;
  /** Senders and addresses are counted from this time on. */
  readonly recentFrom: number;
};

/** The most sender pairs and the most addresses that a reading lists. */
const MAX_LISTED = 100;

const count = z.number().int().nonnegative();
/** A bounce has no sender, which is written as nothing or as `<>`. */
const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').toLowerCase().replace(/^<>$/, ''));

const rowSchema = z.discriminatedUnion('Part', [
  z.looseObject({ Part: z.literal('hour'), Hour: z.string(), Messages: count, Judged: count }),
  z.looseObject({ Part: z.literal('address'), Address: text, First: z.string(), Messages: count, Judged: count }),
  z.looseObject({
    Part: z.literal('sender'),
    Envelope: text,
    From: text,
    First: z.string(),
    Messages: count,
    Judged: count,
  }),
]);

type Row = z.infer<typeof rowSchema>;

/**
 * Builds a query of `EmailEvents` that counts a connector's mail by hour, sender and address (Microsoft Defender XDR:
 * EmailEvents). The format of its `Connectors` column is not documented, so the query searches it for the connector's id
 * and name as whole words.
 */
export function connectorMailQuery({ connector, from, until, recentFrom }: MailOf): string {
  const called = [connector.id, connector.name].flatMap((name) => (name === null || name.trim() === '' ? [] : [name]));
  const recent = 'Messages = countif(Recent), Judged = countif(Recent and Judged), First = min(Hour)';
  return `let mail = materialize(EmailEvents
| where Timestamp >= ${kqlTime(from)} and Timestamp < ${kqlTime(until)}
| where ${called.map((name) => `Connectors has ${kqlText(name)}`).join(' or ')}
| project Hour = bin(Timestamp, 1h), Recent = Timestamp >= ${kqlTime(recentFrom)}, Judged = isnotempty(ThreatTypes),
    Address = coalesce(SenderIPv4, SenderIPv6, ""), Envelope = tolower(SenderMailFromDomain), From = tolower(SenderFromDomain));
union
(mail | summarize Messages = count(), Judged = countif(Judged) by Hour | extend Part = "hour"),
(mail | summarize ${recent} by Address | top ${MAX_LISTED} by Messages | extend Part = "address"),
(mail | summarize ${recent} by Envelope, From | top ${MAX_LISTED} by Messages | extend Part = "sender")`;
}

/**
 * Counts a connector's mail through advanced hunting. Returns null when the tenant has no `EmailEvents` table. Throws an
 * UpstreamError.
 */
export async function readConnectorMail(
  hunting: Hunting,
  mail: MailOf,
  options: Parameters<Hunting>[1],
): Promise<TrafficReading | null> {
  const response = await hunting(connectorMailQuery(mail), options);
  return response.kind === 'not_licensed' ? null : readingOf(response.rows, mail);
}

function readingOf(rows: readonly unknown[], { from, until, recentFrom }: MailOf): TrafficReading {
  const parsed = rows.map((row) => rowSchema.safeParse(row));
  const read = parsed.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const hours = read.flatMap(hourIn).sort((a, b) => a.at - b.at);
  const addresses = read.flatMap(addressIn).sort(mostFirst);
  const senders = read.flatMap(senderIn).sort(mostFirst);
  const unread = rows.length - hours.length - addresses.length - senders.length;
  const incomplete = incompleteReason(unread, isCut(addresses) || isCut(senders));
  return { source: 'hunting', from, until, recentFrom, incomplete, hours, senders, addresses };
}

/**
 * Returns whether the list may be cut off. Rows with mail come first, so a row without mail shows that all rows with mail
 * are listed.
 */
function isCut(listed: readonly { readonly messages: number }[]): boolean {
  return listed.length >= MAX_LISTED && listed.every(({ messages }) => messages > 0);
}

function incompleteReason(unread: number, cut: boolean): string | null {
  if (unread > 0) return `advanced hunting sent ${unread} rows that could not be read`;
  return cut ? `more than ${MAX_LISTED} senders or addresses` : null;
}

function hourIn(row: Row) {
  const at = row.Part === 'hour' ? instantOf(row.Hour) : null;
  return at === null ? [] : [{ at, ...countsOf(row) }];
}

function addressIn(row: Row) {
  const firstAt = row.Part === 'address' ? instantOf(row.First) : null;
  return row.Part !== 'address' || firstAt === null ? [] : [{ address: row.Address, firstAt, ...countsOf(row) }];
}

function senderIn(row: Row) {
  const firstAt = row.Part === 'sender' ? instantOf(row.First) : null;
  if (row.Part !== 'sender' || firstAt === null) return [];
  return [{ envelope: row.Envelope, from: row.From, firstAt, ...countsOf(row) }];
}

function countsOf({ Messages, Judged }: Row) {
  return { messages: Messages, judged: Math.min(Judged, Messages) };
}
