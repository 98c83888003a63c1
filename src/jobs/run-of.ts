import type { JobRow } from '../storage/schema.ts';

/** Identifies one run of a job, which may be claimed again while a run whose lease was lost is still under way. */
export function runOf({ id, claims }: JobRow): string {
  return `${id}/${claims}`;
}
