/** The status of a check, from best to worst. A skipped check has none. */
type CheckStatus = 'ok' | 'warning' | 'failed';

/** The result of one check of the service's own prerequisites, in the channel's language. */
export type CheckResult = {
  readonly id: string;
  readonly name: string;
  readonly status: CheckStatus | 'skipped';
  readonly says: string;
  readonly todo: string | null;
};

/** The state of a check between two runs. Times are in ms since the epoch. */
type CheckHistory = {
  readonly name: string;
  readonly status: CheckStatus;
  readonly says: string;
  readonly todo: string | null;
  /** When the check took this status. */
  readonly since: number;
  /** Whether two consecutive runs found it at least this bad. `ok` needs only one run. */
  readonly confirmed: boolean;
  /** The last status the channel was notified of, or the one accepted without a notice. */
  readonly known: CheckStatus;
  /** Whether the channel was notified of `known`, rather than it being accepted at the first run. */
  readonly notified: boolean;
};

export type CheckHistories = Readonly<Record<string, CheckHistory>>;

export type CheckNotice = {
  readonly kind: 'bad' | 'fixed';
  readonly id: string;
  readonly name: string;
  readonly says: string;
  readonly todo: string | null;
  readonly since: number;
};

const RANK: Readonly<Record<CheckStatus, number>> = { ok: 0, warning: 1, failed: 2 };

/** Adds the results of one run that ended at `at` (ms since the epoch). A check that was skipped or is missing keeps its state. */
export function noteResults(histories: CheckHistories, results: readonly CheckResult[], at: number): CheckHistories {
  const next: Record<string, CheckHistory> = { ...histories };
  for (const result of worstOfEach(results)) {
    if (result.status !== 'skipped')
      next[result.id] = noteResult(histories[result.id], { ...result, status: result.status }, at);
  }
  return next;
}

type Examined = CheckResult & { readonly status: CheckStatus };

function noteResult(
  before: CheckHistory | undefined,
  { name, status, says, todo }: Examined,
  at: number,
): CheckHistory {
  const confirmed = status === 'ok' || (before !== undefined && RANK[before.status] >= RANK[status]);
  const since = before?.status === status ? before.since : at;
  // A warning at the first run is not new: the doctor shows it, and the channel is not notified.
  const first = status === 'failed' ? 'ok' : status;
  const notified = before?.notified ?? false;
  const known = before === undefined || (status === 'ok' && !notified) ? first : before.known;
  return { name, status, says, todo, since, confirmed, known, notified };
}

/** Returns the worst result of each check, which may have several. */
function worstOfEach(results: readonly CheckResult[]): readonly CheckResult[] {
  const worst = new Map<string, CheckResult>();
  const rank = ({ status }: CheckResult) => (status === 'skipped' ? -1 : RANK[status]);
  for (const result of results) {
    const other = worst.get(result.id);
    if (other === undefined || rank(result) > rank(other)) worst.set(result.id, result);
  }
  return [...worst.values()];
}

/** Returns the due notices: checks that turned bad, and notified ones that were fixed. */
export function checkNotices(histories: CheckHistories): readonly CheckNotice[] {
  return Object.entries(histories).flatMap(([id, history]) => {
    const kind = noticeKind(history);
    const { name, says, todo, since } = history;
    return kind === null ? [] : [{ kind, id, name, says, todo, since }];
  });
}

function noticeKind({ status, known, confirmed, notified }: CheckHistory): CheckNotice['kind'] | null {
  if (confirmed && RANK[status] > RANK[known]) return 'bad';
  return status === 'ok' && notified ? 'fixed' : null;
}

/** Returns the histories after the channel was notified. */
export function notifiedOf(histories: CheckHistories, notices: readonly CheckNotice[]): CheckHistories {
  const next: Record<string, CheckHistory> = { ...histories };
  for (const { id, kind } of notices) {
    const history = histories[id];
    if (history !== undefined) next[id] = { ...history, known: history.status, notified: kind === 'bad' };
  }
  return next;
}

/** Whether a check turned bad in a single run, so that another run must confirm it. */
export function needsSecondRun(histories: CheckHistories): boolean {
  return Object.values(histories).some(({ confirmed, status, known }) => !confirmed && RANK[status] > RANK[known]);
}
