import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../incident/model/duration.ts';
import type { Statement, Statements } from '../../incident/model/finding.ts';
import type { EvidenceSource } from '../../incident/model/statements/general.ts';
import { hourOf, type TrafficReading } from '../../incident/model/traffic.ts';
import { readConnectorMail } from '../../microsoft/graph/connector-mail.ts';
import { HUNTING_RETENTION_MS, type Hunting } from '../../microsoft/graph/hunting.ts';
import { type MessageTrace, TRACE_SPAN_MS } from '../../microsoft/graph/message-trace.ts';
import { createSharedReadings } from '../../shared/shared-readings.ts';
import type { Db } from '../../storage/database.ts';
import { type KnownTraffic, knownTraffic, saveTraffic } from '../../storage/traffic.ts';
import type { CheckRun } from '../check.ts';
import { rememberRefusals } from '../refusals.ts';
import { incomplete, missing } from '../statements.ts';
import type { Subject } from '../subject.ts';
import { traceableAddresses } from './traceable-addresses.ts';

/** The two sources of a connector's mail, limited to the calls that one purpose may make. */
export type TrafficClients = { readonly hunting: Hunting; readonly trace: MessageTrace };

export type ReadTraffic = (subject: Subject, run: CheckRun) => Promise<TrafficFacts>;

/** A connector's mail, or the reasons why it could not be read. */
export type TrafficFacts =
  | { readonly kind: 'unread'; readonly reasons: Statements }
  | {
      readonly kind: 'read';
      /** The recent part is judged; the earlier part is the connector's past. */
      readonly reading: TrafficReading;
      /** All stored traffic, including this reading. */
      readonly known: KnownTraffic;
    };

export type ReadFacts = Extract<TrafficFacts, { kind: 'read' }>;

type Dependencies = {
  readonly db: Db;
  readonly clock: () => number;
  readonly clients: { readonly incident: TrafficClients; readonly posture: TrafficClients };
};

const RECENT_MS = 48 * HOUR_MS;
/** A source may report a message late, so the end of the last reading is read again. */
const OVERLAP_MS = 6 * HOUR_MS;
/** How long a missing licence is cached. */
const UNLICENSED_MS = HOUR_MS;
const HUNTING_TIMEOUT_MS = 60_000;
/** The limit for hunting followed by message trace. */
export const TRAFFIC_TIMEOUT_MS = 90_000;

const NOT_LICENSED: Statement = {
  kind: 'not_licensed',
  verdict: 'unknown',
  values: { source: 'hunting', feature: 'Microsoft Defender for Office 365 Plan 2' },
};

/** Reads a connector's mail once for all checks that begin within a minute, and stores its hourly counts. */
export function createReadTraffic(deps: Dependencies): ReadTraffic {
  const share = createSharedReadings<TrafficFacts>(MINUTE_MS);
  const readHere = createReadHere(deps);
  return (subject, run) => share(`${purposeOf(subject)} ${subject.id}`, deps.clock(), () => readHere(subject, run));
}

/** An incident does not share a reading that a daily check was denied by its smaller limit of calls. */
function purposeOf({ incidentId }: Subject): keyof Dependencies['clients'] {
  return incidentId === null ? 'posture' : 'incident';
}

function createReadHere({ db, clock, clients }: Dependencies): ReadTraffic {
  let unlicensedUntil = 0;
  const [unlessHuntingRefused, unlessTraceRefused] = [rememberRefusals(), rememberRefusals()];

  async function readByHunting({ hunting }: TrafficClients, subject: Subject, span: Span, { at, signal }: CheckRun) {
    if (clock() < unlicensedUntil) return NOT_LICENSED;
    const options = { timeoutMs: HUNTING_TIMEOUT_MS, signal };
    const reading = await readOrMissing(
      'hunting',
      unlessHuntingRefused({ subject, at }, () => readConnectorMail(hunting, { connector: subject, ...span }, options)),
    );
    if (reading === null) unlicensedUntil = clock() + UNLICENSED_MS;
    return reading ?? NOT_LICENSED;
  }

  return async (subject, run) => {
    const known = await knownTraffic(db, subject.id);
    const its = clients[purposeOf(subject)];
    const recentFrom = hourOf(Math.min(run.at, subject.restrictedSince ?? run.at) - RECENT_MS);
    const span = (retentionMs: number) => spanOf(known, { recentFrom, until: run.at, retentionMs });
    const found = await readByHunting(its, subject, span(HUNTING_RETENTION_MS), run);
    if (!('kind' in found)) return stored(db, subject, found);
    const trace: MessageTrace = (mail) => unlessTraceRefused({ subject, at: run.at }, () => its.trace(mail));
    const traced = await readByTrace(trace, subject, span(TRACE_SPAN_MS), run);
    if ('kind' in traced) return { kind: 'unread', reasons: [found, traced] };
    return stored(db, subject, traced);
  };
}

type Span = Pick<TrafficReading, 'from' | 'until' | 'recentFrom'>;

/**
 * Chooses the period to read: all that the source keeps for a connector read for the first time, otherwise the new and the
 * recent part.
 */
function spanOf(
  { read }: KnownTraffic,
  { recentFrom, until, retentionMs }: Pick<Span, 'recentFrom' | 'until'> & { readonly retentionMs: number },
): Span {
  const oldest = hourOf(until - retentionMs) + HOUR_MS;
  const earliest = read === null ? oldest : Math.min(recentFrom, hourOf(read.until - OVERLAP_MS));
  return { from: Math.max(oldest, earliest), until, recentFrom: Math.max(oldest, recentFrom) };
}

async function readByTrace(
  trace: MessageTrace,
  { configuration }: Subject,
  span: Span,
  { signal }: CheckRun,
): Promise<TrafficReading | Statement> {
  const { addresses, isPart } = traceableAddresses(configuration);
  if (addresses.length === 0) return { kind: 'trace_needs_addresses', verdict: 'unknown', values: {} };
  const reading = await readOrMissing('message_trace', trace({ addresses, ...span, signal }));
  if ('kind' in reading || reading.incomplete !== null || !isPart) return reading;
  return { ...reading, incomplete: `only ${addresses.length} of the connector's addresses were traced` };
}

async function readOrMissing<T>(source: EvidenceSource, reading: Promise<T>): Promise<T | Statement> {
  return reading.catch((error: unknown) => missing(error, source));
}

async function stored(db: Db, { id }: Subject, reading: TrafficReading): Promise<TrafficFacts> {
  await saveTraffic(db, id, reading);
  return { kind: 'read', reading, known: await knownTraffic(db, id) };
}

/** Returns how long before the recent period the hourly counts are known, ms. */
export function pastKnownMs({ known, reading: { recentFrom } }: ReadFacts): number {
  return Math.max(0, recentFrom - (known.read?.from ?? recentFrom));
}

export function daysOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

const MIN_PAST_DAYS = 7;

/**
 * Returns the values seen in a connector's mail before the recent period, and for how many days they are known. Returns null
 * when those days are too few to recognize a new value.
 */
export function seenBefore(
  facts: ReadFacts,
  kind: 'senders' | 'addresses',
): { readonly days: number; readonly values: ReadonlySet<string> } | null {
  const days = daysOf(pastKnownMs(facts));
  if (days < MIN_PAST_DAYS) return null;
  const earlier = facts.known[kind].filter(({ firstAt }) => firstAt < facts.reading.recentFrom);
  return { days, values: new Set(earlier.map(({ value }) => value)) };
}

/** Returns a statement when only part of the mail was read, so that no finding based on it is `good`. */
export function partsMissing(facts: TrafficFacts): readonly Statement[] {
  if (facts.kind === 'unread') return [];
  const { source, incomplete: reason } = facts.reading;
  return incomplete({ reason }, source === 'hunting' ? 'hunting' : 'message_trace');
}
