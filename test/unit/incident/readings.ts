import { diff } from '../../../src/incident/diff/diff.ts';
import { open } from '../../../src/incident/diff/open.ts';
import type { Known, Proposal } from '../../../src/incident/diff/proposal.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import type {
  Alert,
  BlockedConnector,
  InboundConnector,
  Observation,
} from '../../../src/incident/model/observation.ts';
import { CONNECTOR, MINUTE, restricted, T0 } from './history.ts';

export const NOW = T0 + 10 * MINUTE;
export const OTHER_ID = 'ac4d5ab0-6637-4e91-8d47-f5c2e95c71d9';

export const blocked = (over: Partial<BlockedConnector> = {}): BlockedConnector => ({
  id: CONNECTOR.id,
  name: CONNECTOR.name,
  reason: CONNECTOR.restrictionReason,
  since: CONNECTOR.restrictedSince,
  until: null,
  ...over,
});

export const inbound = (over: Partial<InboundConnector> = {}): InboundConnector => ({
  id: CONNECTOR.id,
  name: CONNECTOR.name ?? '',
  enabled: true,
  type: 'OnPremises',
  createdAt: CONNECTOR.createdAt,
  changedAt: CONNECTOR.changedAt,
  configuration: CONNECTOR.configuration ?? {},
  ...over,
});

export const alert = (over: Partial<Alert> = {}): Alert => ({
  id: 'fa-alert-1',
  title: 'Suspicious connector activity',
  status: 'new',
  severity: 'high',
  webUrl: null,
  createdAt: T0 + MINUTE,
  updatedAt: T0 + MINUTE,
  text: '',
  ...over,
});

type Seen = {
  blocked?: BlockedConnector[];
  inbound?: InboundConnector[];
  alerts?: Alert[];
  incomplete?: boolean;
  /** Whether only the list of inbound connectors is incomplete. */
  inboundIncomplete?: boolean;
  beganAt?: number;
};

export function observe({
  blocked: rows = [],
  inbound: connectors = [inbound()],
  alerts = [],
  incomplete = false,
  inboundIncomplete = false,
  beganAt = NOW,
}: Seen): Observation {
  const reason = incomplete ? 'there is more than was returned' : null;
  return {
    seq: beganAt,
    beganAt,
    blocked: { items: rows, complete: !incomplete, reason },
    inbound: { items: connectors, complete: !inboundIncomplete, reason: inboundIncomplete ? 'there is more' : null },
    alerts,
  };
}

export function run(known: Partial<Known>, seen: Seen): readonly Proposal[] {
  let ids = 0;
  const nothing: Known = { open: [], ended: [], previous: new Map(), alerts: new Map(), first: false };
  return diff({ ...nothing, ...known }, observe(seen), NOW, () => `new-${++ids}`);
}

export const kinds = (proposals: readonly Proposal[]) =>
  proposals.map((it) =>
    it.kind === 'event' ? it.event.kind : it.kind === 'open' ? `open ${it.opened.incident.state}` : it.kind,
  );

export const alerted = (over: Partial<Alert> = {}): Incident => {
  const it = alert(over);
  const linked = {
    id: it.id,
    title: it.title,
    status: it.status,
    severity: it.severity,
    webUrl: null,
    createdAt: it.createdAt,
    link: 'unlinked',
  } as const;
  return open({ id: 'alerted-1', seq: T0, at: T0, connector: null, alerts: [linked], previousIncidentId: null })
    .incident;
};

export const ended = (endedAt: number): Incident => ({
  ...restricted(),
  id: 'ended-1',
  state: 'unblocked',
  endedAt,
  changedSeq: endedAt,
  ending: 'two_admins',
});
