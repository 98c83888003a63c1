import type { Invariant } from '../evidence.ts';
import { isLeft } from '../settle.ts';

/** Every notification answered 202 is followed by a reading of Exchange, and no job is left over. */
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
