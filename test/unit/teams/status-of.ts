import type { Verdict } from '../../../src/incident/model/finding.ts';
import type { ConnectorStatus, ConnectorsStatus } from '../../../src/teams/cards/view-models.ts';
import { awaiting, restricted, T0 } from '../incident/history.ts';

const VERDICTS: readonly (Verdict | null)[] = ['good', 'good', 'good', 'concern', 'unknown', null, 'bad'];

function connector(index: number, isRestricted: boolean): ConnectorStatus {
  const incident = isRestricted ? { ...(index === 0 ? awaiting() : restricted()), id: `incident-${index}` } : null;
  const name = `Relay ${String(index).padStart(4, '0')}`;
  const verdict = VERDICTS[index % VERDICTS.length] ?? null;
  return { id: `${index}`, name, restricted: isRestricted, type: 'OnPremises', enabled: true, incident, verdict };
}

/** So many connectors of every mark, of which the first so many are restricted. */
export function statusOf(count: number, restrictedCount: number): ConnectorsStatus {
  return {
    connectors: Array.from({ length: count }, (_, index) => connector(index, index < restrictedCount)),
    readAt: T0,
    incompleteReason: null,
    channelFailure: null,
    watch: {
      push: 'refused',
      pollMs: 60_000,
      signals: [
        { name: 'exchange', state: 'live', succeededAt: T0, reason: null },
        { name: 'alerts', state: 'live', succeededAt: T0, reason: null },
      ],
      selfCheck: { checkedAt: T0, failed: 0, warnings: 0 },
    },
    alerted: [],
  };
}
