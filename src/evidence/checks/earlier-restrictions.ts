import { DAY_MS } from '../../incident/model/duration.ts';
import type { Ending } from '../../incident/model/ending.ts';
import type { Statement, Statements } from '../../incident/model/finding.ts';
import { createCheck, type RunnableCheck, whole } from '../check.ts';
import type { Subject } from '../subject.ts';

/** An earlier incident of the connector, which has ended. Times are in ms since the epoch. */
type EarlierRestriction = {
  readonly openedAt: number;
  readonly endedAt: number;
  readonly ending: Ending;
  /** The approver's reason. */
  readonly reason: string | null;
};

export type HistoryFacts = {
  /** Newest first. */
  readonly earlier: readonly EarlierRestriction[];
  /** The time of the oldest record, ms since the epoch; null when this incident is the only one. */
  readonly since: number | null;
};

type ListEarlier = (connectorId: string, except: string | null) => Promise<HistoryFacts>;

const DAYS = 30;
/** Two restrictions within the period make the verdict `bad`; one may be an accident. */
const TOO_OFTEN = 2;

/** Judges how often the connector was restricted before, according to the service's own records. */
export function createEarlierRestrictionsCheck(listEarlier: ListEarlier): RunnableCheck {
  return createCheck({
    check: 'earlier_restrictions',
    timeoutMs: 5_000,
    source: 'exchange',
    read: async ({ id, incidentId }) => whole(await listEarlier(id, incidentId)),
    judge: judgeEarlierRestrictions,
  });
}

/** Pure. */
export function judgeEarlierRestrictions({ earlier, since }: HistoryFacts, subject: Subject, at: number): Statements {
  const reference = subject.restrictedSince ?? at;
  const recent = earlier.filter(({ openedAt }) => openedAt >= reference - DAYS * DAY_MS);
  const [last] = recent;
  if (last === undefined) return [{ kind: 'none_on_record', verdict: 'good', values: { since } }];
  const count: Statement = {
    kind: 'restricted_before',
    verdict: recent.length >= TOO_OFTEN ? 'bad' : 'concern',
    values: { count: recent.length, days: DAYS, lastAt: last.openedAt },
  };
  return subject.restrictedSince === null ? [count] : [count, ended(last, reference)];
}

function ended({ ending, endedAt, reason }: EarlierRestriction, reference: number): Statement {
  const values = { ending, reason, heldMs: Math.max(0, reference - endedAt) };
  return { kind: 'ended_before', verdict: 'concern', values };
}
