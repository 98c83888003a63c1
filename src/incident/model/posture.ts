import { type Check, type Finding, type Verdict, worstFirst } from './finding.ts';

/** A connector's findings outside an incident. */
export type Posture = {
  readonly connectorId: string;
  readonly name: string;
  /** When the checks last ran, ms since the epoch; null before the first time. */
  readonly checkedAt: number | null;
  readonly findings: readonly Finding[];
  /** Checks that the channel has been notified of since they turned `bad`. */
  readonly notified: readonly Check[];
};

/** The numbers of one week: incidents, open tasks after unblocks, and the connectors' present posture. */
export type Week = {
  /** ms since the epoch. */
  readonly from: number;
  readonly until: number;
  readonly restricted: number;
  readonly unblocked: number;
  readonly open: number;
  readonly openTasks: number;
  readonly posture: readonly Posture[];
};

/** Returns the worst verdict of a connector's checks; `unknown` before they ran. */
export function verdictOf({ findings }: Pick<Posture, 'findings'>): Verdict {
  return worstFirst(findings)[0]?.verdict ?? 'unknown';
}

/** Returns the `bad` checks of which the channel has not been notified. */
export function unreported({ findings, notified }: Pick<Posture, 'findings' | 'notified'>): readonly Check[] {
  return findings
    .filter(({ verdict, check }) => verdict === 'bad' && !notified.includes(check))
    .map(({ check }) => check);
}

/**
 * Returns the checks that still count as notified with new findings. A check that improved, and is not only unknown, may be
 * notified again.
 */
export function stillReported(notified: readonly Check[], findings: readonly Finding[]): readonly Check[] {
  return notified.filter((check) => {
    const now = findings.find((finding) => finding.check === check)?.verdict;
    return now === undefined || now === 'bad' || now === 'unknown';
  });
}
