import { badRequest, contextOf, GraphRefusal, graphJson, type Route } from './graph-answers.ts';
import { type MailQuery, readMailQuery } from './kql-reading.ts';
import type { Mail, MailFlow } from './mail.ts';
import { parseFilter } from './odata-filter.ts';
import { bodyOf, type Call } from './wire.ts';

type Shelf = { readonly mail: MailFlow; guidOf(connector: string): string; now(): number };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Microsoft Graph: security: runHuntingQuery, and List messageTraces, limited to the mail of connectors. */
export function mailRoutes(shelf: Shelf): Route[] {
  return [
    { method: 'POST', pattern: /^\/v1\.0\/security\/runHuntingQuery$/, answer: (call) => hunt(call, shelf) },
    {
      method: 'GET',
      pattern: /^\/v1\.0\/admin\/exchange\/tracing\/messageTraces$/,
      answer: (call) => trace(call, shelf),
    },
  ];
}

function hunt(call: Call, { mail, guidOf }: Shelf) {
  const body = bodyOf(call);
  const text = typeof body === 'object' && body !== null && 'Query' in body ? String(body.Query) : '';
  if (!mail.hunting.licensed)
    throw new GraphRefusal(
      400,
      'BadRequest',
      "'where' operator: Failed to resolve table or column expression named 'EmailEvents'. Fix semantic errors in your query.",
    );
  const query = readMailQuery(text);
  if (query === undefined) throw badRequest('Syntax error. Fix syntax errors in your query.');
  const schema = ['Part', 'Hour', 'Address', 'Envelope', 'From', 'First', 'Messages', 'Judged'].map((name) => ({
    name,
  }));
  return graphJson(call, 200, {
    '@odata.context': contextOf(call, 'microsoft.graph.security.huntingQueryResults'),
    schema,
    results: resultsOf(mail.hunting.namesConnectors ? mail.all().filter((one) => isOf(one, query, guidOf)) : [], query),
  });
}

/**
 * Whether a mail belongs to the connector. `Connectors` holds "The names and GUIDs of the connectors" in records of the
 * Management Activity API; `has` finds whole words.
 */
function isOf({ connector, at }: Mail, { words, from, until }: MailQuery, guidOf: Shelf['guidOf']): boolean {
  const called = `${connector} ${guidOf(connector)}`.toLowerCase();
  return at >= from && at < until && words.some((word) => hasWord(called, word.toLowerCase()));
}

function hasWord(text: string, word: string): boolean {
  const isLetter = (character: string) => /[\p{L}\p{N}]/u.test(character);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isLetter(text[at - 1] ?? ' ') && !isLetter(text[at + word.length] ?? ' ')) return true;
  return false;
}

function resultsOf(mails: readonly Mail[], { recentFrom }: MailQuery) {
  const columns = { Hour: null, Address: null, Envelope: null, From: null, First: null };
  const recent = (group: readonly Mail[]) => ({
    First: hourTime(Math.min(...group.map(({ at }) => at))),
    ...countsOf(group.filter(({ at }) => at >= recentFrom)),
  });
  const top = (name: string, keyOf: (mail: Mail) => Record<string, string>) =>
    groups(mails, keyOf)
      .map(({ key, group }) => ({ ...columns, Part: name, ...key, ...recent(group) }))
      .sort((a, b) => b.Messages - a.Messages)
      .slice(0, 100);
  return [
    ...groups(mails, ({ at }) => ({ Hour: hourTime(at) })).map(({ key, group }) => {
      return { ...columns, Part: 'hour', ...key, ...countsOf(group) };
    }),
    ...top('address', ({ address }) => ({ Address: address })),
    ...top('sender', ({ envelope, from }) => ({ Envelope: envelope, From: from })),
  ];
}

function hourTime(at: number): string {
  return new Date(Math.floor(at / HOUR_MS) * HOUR_MS).toISOString();
}

function groups(mails: readonly Mail[], keyOf: (mail: Mail) => Record<string, string>) {
  const grouped = Map.groupBy(mails, (mail) => JSON.stringify(keyOf(mail)));
  return [...grouped.values()].map((group) => ({ key: group[0] === undefined ? {} : keyOf(group[0]), group }));
}

function countsOf(group: readonly Mail[]) {
  return {
    Messages: group.reduce((sum, { messages }) => sum + messages, 0),
    Judged: group.reduce((sum, { judged }) => sum + judged, 0),
  };
}

/** Returns message traces within the documented page and time limits; refuses a time zone other than UTC, and any other property. */
function trace(call: Call, { mail, now }: Shelf) {
  const { address, from, until } = boundsOf(call.query.get('$filter') ?? '', now());
  const size = Number(call.query.get('$top') ?? '1000');
  if (!Number.isInteger(size) || size < 1 || size > 5_000) throw badRequest('Invalid value for $top.');
  const skip = Number(call.query.get('$skiptoken') ?? '0');
  const found = mail.all().filter((one) => one.address === address && one.at >= from && one.at <= until);
  const total = found.reduce((sum, { messages }) => sum + messages, 0);
  const hasMore = mail.trace.endless || skip + size < total;
  const next = new URL(`${call.origin}${encodeURI(call.path)}`);
  for (const [name, held] of call.query) next.searchParams.set(name, held);
  next.searchParams.set('$skiptoken', String(skip + size));
  return graphJson(call, 200, {
    '@odata.context': contextOf(call, 'admin/exchange/tracing/messageTraces'),
    ...(hasMore ? { '@odata.nextLink': next.href } : {}),
    value: rowsOf(found, mail.trace.endless ? 0 : skip, size),
  });
}

function boundsOf(filter: string, now: number) {
  const clauses = parseFilter(filter) ?? [];
  const given = (property: string, operator: string) =>
    clauses.find((clause) => clause.property === property && clause.operator === operator)?.value ?? '';
  const from = Date.parse(given('receivedDateTime', 'ge'));
  const until = Date.parse(given('receivedDateTime', 'le'));
  const address = given('fromIP', 'eq');
  if (clauses.length !== 3 || !address.startsWith("'")) throw badRequest('Invalid filter clause.');
  const isAllowed = until - from <= 10 * DAY_MS && from >= now - 90 * DAY_MS && until <= now + HOUR_MS;
  if (!isAllowed) throw badRequest('The time interval must not exceed 10 days.');
  return { address: address.slice(1, -1).replaceAll("''", "'"), from, until };
}

function rowsOf(mails: readonly Mail[], skip: number, size: number) {
  const rows: object[] = [];
  let passed = 0;
  for (const one of mails) {
    const first = Math.max(0, skip - passed);
    for (let number = first; number < one.messages && rows.length < size; number += 1)
      rows.push(rowOf(one, passed + number, number < one.judged));
    passed += one.messages;
  }
  return rows;
}

/** Properties and values of Microsoft Graph's exchangeMessageTrace. */
function rowOf({ at, envelope, address }: Mail, number: number, isJudged: boolean) {
  return {
    id: `simulated-trace-${number}`,
    senderAddress: `sender@${envelope}`,
    recipientAddress: `recipient-${number}@elsewhere.example`,
    messageId: `<${number}@${envelope}>`,
    receivedDateTime: new Date(at).toISOString(),
    subject: 'Simulated',
    size: 4_096,
    fromIP: address,
    toIP: '',
    status: isJudged ? 'filteredAsSpam' : 'delivered',
  };
}
