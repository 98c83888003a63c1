import type { Person } from './approval.ts';
import { DAY_MS, HOUR_MS } from './duration.ts';
import { type Finding, finding } from './finding.ts';
import type { Incident } from './incident.ts';
import type { InboundConnector, Observation, Reading } from './observation.ts';
import { hourOf } from './traffic.ts';

/** An imaginary restriction of an imaginary connector, for practice. */
export type Drill = {
  /** The GUID of the imaginary connector. */
  readonly connectorId: string;
  /** Begins with `DRILL`, which marks every card, message and record that names the connector. */
  readonly name: string;
  readonly startedBy: Person;
  /** In ms since the epoch, as is `liftedAt`, which is null while the imaginary restriction lasts. */
  readonly startedAt: number;
  readonly liftedAt: number | null;
};

/** The time after which an unfinished drill ends by itself. */
export const LONGEST_DRILL_MS = DAY_MS;

/** Returns a drill's name, which contains its date so that people can type it. */
export function drillName(startedAt: number): string {
  return `DRILL 訓練 ${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')}`;
}

/** Returns the observation of an imaginary Exchange: always complete, and without alerts. */
export function drillObservation(drills: readonly Drill[], seq: number, beganAt: number): Observation {
  const blocked = drills.flatMap(({ connectorId: id, name, startedAt, liftedAt }) =>
    liftedAt === null ? [{ id, name, reason: 'Drill', since: startedAt, until: null }] : [],
  );
  return { seq, beganAt, blocked: complete(blocked), inbound: complete(drills.map(imaginaryConnector)), alerts: [] };
}

/** Addresses and domain are those reserved for documentation (RFC 5737, RFC 2606). */
function imaginaryConnector({ connectorId: id, name, startedAt }: Drill): InboundConnector {
  const configuration = {
    Name: name,
    Enabled: true,
    ConnectorType: 'OnPremises',
    SenderDomains: ['smtp:*;1'],
    SenderIPAddresses: ['192.0.2.25'],
    RequireTls: true,
    RestrictDomainsToIPAddresses: true,
  };
  const at = { createdAt: startedAt - 400 * DAY_MS, changedAt: startedAt - 90 * DAY_MS };
  return { id, name, enabled: true, type: 'OnPremises', ...at, configuration };
}

function complete<T>(items: readonly T[]): Reading<T> {
  return { items, complete: true, reason: null };
}

/** Returns imaginary findings: a volume jump, most of it judged to be spam, from expected addresses. */
export function drillFindings({ openedAt }: Pick<Incident, 'openedAt'>): readonly Finding[] {
  const counted = { source: 'trace', atLeast: false } as const;
  const hour = hourOf(openedAt - HOUR_MS);
  const jump = { ...counted, messages: 4_120, hour, usual: 35, high: 80 };
  const judged = { ...counted, judged: 2_513, messages: 4_120, percent: 61, since: hour };
  return [
    finding(
      'traffic',
      [
        { kind: 'volume_jump', verdict: 'bad', values: jump },
        { kind: 'judged_mail', verdict: 'bad', values: judged },
      ],
      openedAt,
    ),
    finding(
      'sending_addresses',
      [{ kind: 'expected_addresses', verdict: 'good', values: { addresses: ['192.0.2.25'], count: 1 } }],
      openedAt,
    ),
  ];
}

/** How long after the beginning each step of a drill was taken, ms; null for a step that was not taken. */
export type DrillTimes = {
  readonly acknowledged: number | null;
  readonly approved: number | null;
  readonly confirmed: number | null;
};

export function drillTimes({ openedAt, remarks, approval }: Incident): DrillTimes {
  const after = (at: number | null | undefined) => (at === null || at === undefined ? null : at - openedAt);
  return {
    acknowledged: after(remarks.find(({ kind }) => kind === 'acknowledge')?.at),
    approved: after(approval?.approvedAt),
    confirmed: after(approval?.confirmedAt),
  };
}

/** Whether an incident belongs to a drill. */
export function isDrill({ drill }: Pick<Incident, 'drill'>): boolean {
  return drill === true;
}
