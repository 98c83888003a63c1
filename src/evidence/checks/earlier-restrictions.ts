import { DAY_MS } from '../../incident/model/duration.ts';
import type { Statement, Statements } from '../../incident/model/finding.ts';
import type { EarlierRestriction, EarlierRestrictions } from '../../storage/earlier-restrictions.ts';
import { createCheck, type RunnableCheck, whole } from '../check.ts';
import type { Subject } from '../subject.ts';

type ListEarlier = (connectorId: string, except: string | null) => Promise<EarlierRestrictions>;

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

/** Pure. Records that do not reach back through the whole period cannot show that there was no restriction. */
export function judgeEarlierRestrictions(
  { earlier, since }: EarlierRestrictions,
  subject: Subject,
  at: number,
): Statements {
  const reference = subject.restrictedSince ?? at;
  const recent = earlier.filter(({ openedAt }) => openedAt >= reference - DAYS * DAY_MS);
  const [last] = recent;
  if (last === undefined) {
    const isCovered = since !== null && since <= reference - DAYS * DAY_MS;
    return [{ kind: 'none_on_record', verdict: isCovered ? 'good' : 'unknown', values: { since } }];
  }
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
