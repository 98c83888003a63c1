import type { ConfigurationEdit } from '../../incident/model/approval.ts';
import type { Statement } from '../../incident/model/finding.ts';
import type { Reading } from '../../incident/model/observation.ts';
import type { ReadConnectorEdits } from '../../microsoft/audit-log/connector-edits.ts';
import { attempt, type Needs } from '../missing.ts';
import { rememberRefusals } from '../refusals.ts';
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

/** How far back the audit log is searched: an older creation of a connector no longer matters. */
const SEARCHED_MS = 90 * 24 * 3_600_000;
/** How long one search is shared by the checks that run together. */
const SHARED_MS = 60_000;
const MAX_SHARED = 50;

export const AUDIT_LOG: Needs = { source: 'audit_log', permission: 'View-Only Audit Logs' };

/** Searches the audit log for a connector's changes. Checks of the same connector that begin within a minute share one search. */
export function createReadEdits(read: ReadConnectorEdits): ReadEdits {
  const shared = new Map<string, { readonly at: number; readonly edits: Promise<Edits> }>();
  const unlessRefused = rememberRefusals();
  return (subject, at) => {
    const known = shared.get(subject.id);
    if (known !== undefined && Math.abs(at - known.at) < SHARED_MS) return known.edits;
    const edits = search((span) => unlessRefused({ subject, at }, () => read(span)), subject, at);
    shared.delete(subject.id);
    shared.set(subject.id, { at, edits });
    if (shared.size > MAX_SHARED) shared.delete(shared.keys().next().value ?? subject.id);
    return edits;
  };
}

async function search(read: ReadConnectorEdits, { id, name }: Subject, at: number): Promise<Edits> {
  const from = at - SEARCHED_MS;
  const names = name === null ? [id] : [id, name];
  const { value, missing } = await attempt(AUDIT_LOG, read({ names, from, to: at }));
  if (value === null) return { items: null, wholeFrom: null, missing };
  return { items: value.items, wholeFrom: value.complete ? from : null, missing: incomplete(value) };
}

function incomplete({ reason }: Reading<unknown>): readonly Statement[] {
  return reason === null ? [] : [{ kind: 'incomplete', verdict: 'unknown', values: { source: 'audit_log', reason } }];
}
