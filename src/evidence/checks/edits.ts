import type { ConfigurationEdit } from '../../incident/model/approval.ts';
import type { Subject } from '../subject.ts';

type EditsQuestion = { readonly names: readonly string[]; readonly from: number; readonly to: number };

/** Who changed a connector, by any of its names, within a time (ms), oldest first. Throws an UpstreamError. */
export type ListEdits = (question: EditsQuestion) => Promise<readonly ConfigurationEdit[]>;

/** The audit log is searched as far back as a connector's creation matters. */
const SEARCHED_MS = 90 * 24 * 3_600_000;

/** All that the audit log may still have of a connector. */
export function editsOf({ id, name }: Subject, at: number): EditsQuestion {
  return { names: name === null ? [id] : [id, name], from: at - SEARCHED_MS, to: at };
}
