import { restrictedConnector } from '../../incident/diff/match.ts';
import { DAY_MS } from '../../incident/model/duration.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { InboundConnector } from '../../incident/model/observation.ts';
import { totalOf } from '../../incident/model/traffic.ts';
import { watchingPlace } from '../../storage/conversations.ts';
import type { Db } from '../../storage/database.ts';
import { listLatest, listOpen } from '../../storage/incidents.ts';
import { readObservation, readObservationHead, type StoredObservation } from '../../storage/observations.ts';
import { postureVerdicts, readPosture } from '../../storage/posture.ts';
import { readSelfCheck } from '../../storage/self-checks.ts';
import { knownTraffic } from '../../storage/traffic.ts';
import type { ConnectorDetails, ConnectorStatus, ConnectorsStatus, SelfCheckSummary } from '../cards/view-models.ts';

const MAX_INCIDENTS = 500;

/** Reads every inbound connector of the last reading, joined with its incidents; restricted ones first, then by name. */
export async function readStatus(db: Db, watch: ConnectorsStatus['watch']): Promise<ConnectorsStatus> {
  const [complete, latest, open, past, place, verdicts] = await Promise.all([
    readObservation(db, 'complete'),
    readObservationHead(db, 'latest'),
    listOpen(db),
    listLatest(db, MAX_INCIDENTS, null),
    watchingPlace(db),
    postureVerdicts(db),
  ]);
  const reading = complete ?? (latest && (await readObservation(db, 'latest')));
  const connectors = reading === null ? [] : connectorsOf(reading, open, past);
  return {
    connectors: connectors.map((connector) => ({ ...connector, verdict: verdicts.get(connector.id) ?? null })),
    readAt: complete?.beganAt ?? null,
    incompleteReason: latest?.reason ?? null,
    channelFailure: place?.problem ?? null,
    watch,
    alerted: open.filter(({ state }) => state === 'alerted'),
  };
}

const LAST_DAYS = 7;

/** Reads what the last check found of a connector, and its recent mail; null for what is not known. */
export async function readDetails(db: Db, connectorId: string, now: number): Promise<ConnectorDetails> {
  const [posture, traffic] = await Promise.all([readPosture(db, connectorId), knownTraffic(db, connectorId)]);
  const span = LAST_DAYS * DAY_MS;
  const messagesIn = (from: number, until: number) =>
    totalOf(traffic.hours.filter(({ at }) => at >= from && at < until)).messages;
  const isKnown = traffic.read !== null && traffic.read.from <= now - 2 * span;
  const lastDays = {
    days: LAST_DAYS,
    messages: messagesIn(now - span, now),
    before: messagesIn(now - 2 * span, now - span),
  };
  return {
    posture: posture?.checkedAt === null ? null : posture,
    lastDays: isKnown ? lastDays : null,
    isChecking: false,
  };
}

/** Reads how many checks of the last self-check were bad; null before the first. */
export async function readSelfCheckSummary(db: Db): Promise<SelfCheckSummary | null> {
  const { checkedAt, histories } = await readSelfCheck(db);
  if (checkedAt === null) return null;
  const count = (expected: string) => Object.values(histories).filter(({ status }) => status === expected).length;
  return { checkedAt, failed: count('failed'), warnings: count('warning') };
}

/** Reads the latest incidents, at most 500, newest first; those of the connectors whose name or id is `name`, if given. */
export async function readHistory(db: Db, name: string | null): Promise<readonly Incident[]> {
  const past = await listLatest(db, MAX_INCIDENTS, null);
  return past.filter(({ connector }) => name === null || (connector !== null && isCalled(connector, name)));
}

/** Whether `text` means this connector: its id, or its name in any case and any width of letters. */
export function isCalled(connector: { readonly id: string; readonly name: string | null }, text: string): boolean {
  const folded = (it: string) => it.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase();
  return connector.id === folded(text) || (connector.name !== null && folded(connector.name) === folded(text));
}

function connectorsOf(
  { inbound, blocked }: StoredObservation,
  open: readonly Incident[],
  past: readonly Incident[],
): readonly ConnectorStatus[] {
  const all = { items: inbound, complete: true, reason: null };
  const matches = blocked.map((row) => ({ row, match: restrictedConnector(row, all) }));
  const rows = inbound.map((connector) => {
    const restriction = matches.find(({ row, match }) => row.id === connector.id || match.name === connector.name);
    return statusOf(connector, restriction?.row.id ?? connector.id, restriction !== undefined, open, past);
  });
  const unmatched = matches
    .filter(({ row, match }) => !inbound.some(({ id, name }) => id === row.id || name === match.name))
    .map(({ row }): ConnectorStatus => {
      const incident = incidentOf(row.id, open, past);
      return { id: row.id, name: row.name, restricted: true, type: null, enabled: null, incident };
    });
  return [...rows, ...unmatched].toSorted(byUrgency);
}

function statusOf(
  { id, name, type, enabled }: InboundConnector,
  restrictionId: string,
  listed: boolean,
  open: readonly Incident[],
  past: readonly Incident[],
): ConnectorStatus {
  const incident = incidentOf(restrictionId, open, past);
  const restricted = listed || (incident !== null && incident.endedAt === null);
  return { id, name, restricted, type, enabled, incident };
}

function incidentOf(id: string, open: readonly Incident[], past: readonly Incident[]): Incident | null {
  const ofConnector = ({ connector }: Incident) => connector?.id === id;
  return open.find(ofConnector) ?? past.find(ofConnector) ?? null;
}

function byUrgency(a: ConnectorStatus, b: ConnectorStatus): number {
  if (a.restricted !== b.restricted) return a.restricted ? -1 : 1;
  return (a.name ?? a.id).localeCompare(b.name ?? b.id);
}
