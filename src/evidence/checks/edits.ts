import type { ConfigurationEdit } from '../../incident/model/approval.ts';
import { MINUTE_MS } from '../../incident/model/duration.ts';
import type { Statement } from '../../incident/model/finding.ts';
import type { ReadConnectorEdits } from '../../microsoft/audit-log/connector-edits.ts';
import { createSharedReadings } from '../../shared/shared-readings.ts';
import { rememberRefusals } from '../refusals.ts';
import { attempt, incomplete } from '../statements.ts';
import type { Subject } from '../subject.ts';

/** A connector's changes according to the audit log, and what could not be read. */
type Edits = {
  /** Oldest first; null when the audit log could not be searched. */
  readonly items: readonly ConfigurationEdit[] | null;
  /** The start of the period (ms since the epoch) that was searched completely; null when none was. */
  readonly wholeFrom: number | null;
  readonly missing: readonly Statement[];
};

export type ReadEdits = (subject: Subject, at: number) => Promise<Edits>;

/** How far apart two times of the same change may be: audit records have whole seconds, and Exchange's own time may differ by a few. */
export const SAME_CHANGE_MS = 2 * 60_000;

/** How far back the audit log is searched: an older creation of a connector no longer matters. */
const SEARCHED_MS = 90 * 24 * 3_600_000;

/** Searches the audit log for a connector's changes. Checks of the same connector that begin within a minute share one search. */
export function createReadEdits(read: ReadConnectorEdits): ReadEdits {
  const share = createSharedReadings<Edits>(MINUTE_MS);
  const unlessRefused = rememberRefusals();
  return (subject, at) =>
    share(subject.id, at, () => search((span) => unlessRefused({ subject, at }, () => read(span)), subject, at));
}

async function search(read: ReadConnectorEdits, { id, name }: Subject, at: number): Promise<Edits> {
  const from = at - SEARCHED_MS;
  const names = name === null ? [id] : [id, name];
  const { value, missing } = await attempt('audit_log', read({ names, from, to: at }));
  if (value === null) return { items: null, wholeFrom: null, missing };
  return { items: value.items, wholeFrom: value.complete ? from : null, missing: incomplete(value, 'audit_log') };
}
