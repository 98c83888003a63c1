import type { Ending } from '../ending.ts';

/** Statements about earlier restrictions of this connector in the service's records. Times are in ms since the epoch. */
export type EarlierRestrictionStatements = {
  /** The number of restrictions in the `days` days before this one. */
  readonly restricted_before: { readonly count: number; readonly days: number; readonly lastAt: number };
  /** How the last restriction ended, the approver's reason, and the time until this one. */
  readonly ended_before: { readonly ending: Ending; readonly reason: string | null; readonly heldMs: number };
  /** Records begin at `since`. */
  readonly none_on_record: { readonly since: number | null };
};
