import type { Invariant } from '../evidence.ts';
import { isLeft } from '../settle.ts';

/** What was answered 202 led to a look at Exchange that began afterwards, and no work is left over. */
export const nothingLost: Invariant = ({ tenant, notices, database }) => {
  const last = Math.max(...tenant.looks, 0);
  const unseen = notices.filter(({ status, at }) => status === 202 && at > last);
  const left = database.jobs.filter(isLeft);
  return [
    ...unseen.map(({ what, at }) => `${what} was answered 202 at ${at}, and nobody looked at Exchange after that`),
    ...left.map(
      ({ key, state, attempts, last_error }) =>
        `job ${key} is still ${state} after ${attempts} attempts: ${last_error}`,
    ),
  ];
};
