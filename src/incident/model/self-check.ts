/** How bad a check's result is, from best to worst. `skipped` proves nothing. */
type CheckStatus = 'ok' | 'warning' | 'failed';

/** What one check of the service's own prerequisites found, in the channel's language. */
export type CheckResult = {
  readonly id: string;
  readonly name: string;
  readonly status: CheckStatus | 'skipped';
  readonly says: string;
  readonly todo: string | null;
};

/** What is remembered of a check between two runs. Times are ms since the epoch. */
type CheckHistory = {
  readonly name: string;
  readonly status: CheckStatus;
  readonly says: string;
  readonly todo: string | null;
  /** Since when it has had this status. */
  readonly since: number;
  /** Whether two runs in a row found it at least this bad; what is `ok` needs one. */
  readonly confirmed: boolean;
  /** The status the channel knows of. */
  readonly known: CheckStatus;
  /** Whether the channel was notified of `known`, rather than taking it as it was at the first run. */
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

/** Adds the results of one run that ended at `at` (ms). A check that was skipped, or is gone, keeps what was known. */
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
  // A warning at the first run was there before: the doctor shows it, and nobody is notified.
  const first = status === 'failed' ? 'ok' : status;
  const notified = before?.notified ?? false;
  const known = before === undefined || (status === 'ok' && !notified) ? first : before.known;
  return { name, status, says, todo, since, confirmed, known, notified };
}

/** One check may find several things; the worst of them stands for it. */
function worstOfEach(results: readonly CheckResult[]): readonly CheckResult[] {
  const worst = new Map<string, CheckResult>();
  const rank = ({ status }: CheckResult) => (status === 'skipped' ? -1 : RANK[status]);
  for (const result of results) {
    const other = worst.get(result.id);
    if (other === undefined || rank(result) > rank(other)) worst.set(result.id, result);
  }
  return [...worst.values()];
}

/** What the channel should be notified of: checks that turned bad, and those that were fixed since it was. */
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

/** The histories once the channel was notified of these. */
export function notifiedOf(histories: CheckHistories, notices: readonly CheckNotice[]): CheckHistories {
  const next: Record<string, CheckHistory> = { ...histories };
  for (const { id, kind } of notices) {
    const history = histories[id];
    if (history !== undefined) next[id] = { ...history, known: history.status, notified: kind === 'bad' };
  }
  return next;
}

/** Whether a check is bad in one run only, so that another run must confirm it. */
export function needsSecondRun(histories: CheckHistories): boolean {
  return Object.values(histories).some(({ confirmed, status, known }) => !confirmed && RANK[status] > RANK[known]);
}
