import type { Ending } from '../ending.ts';

/** What our own records have of this connector's restrictions. Times in ms since the epoch. */
export type EarlierRestrictionStatements = {
  /** How often in the last `days` days before this one. */
  readonly restricted_before: { readonly count: number; readonly days: number; readonly lastAt: number };
  /** How the last restriction ended, what was said then, and after what time it was followed by this one. */
  readonly ended_before: { readonly ending: Ending; readonly reason: string | null; readonly heldMs: number };
  /** Records begin at `since`. */
  readonly none_on_record: { readonly since: number | null };
};
