import type { Remark } from './incident.ts';

/** The number of remarks of one kind that an incident keeps. People may make any number; the audit trail has all of them. */
const MAX_OF_A_KIND = 20;

/** Adds a remark, in place of the oldest of its kind when there are too many. */
export function withRemark(remarks: readonly Remark[], remark: Remark): readonly Remark[] {
  const same = remarks.filter(({ kind }) => kind === remark.kind);
  const oldest = same.length < MAX_OF_A_KIND ? undefined : same[0];
  return [...remarks.filter((it) => it !== oldest), remark];
}
