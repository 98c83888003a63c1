import { acceptedAction } from '../answers.ts';
import type { Invariant } from '../evidence.ts';

const REFUSALS: ReadonlySet<number | undefined> = new Set([undefined, 400, 401, 403, 503]);

/** Nothing forged is taken: a notification is answered 4xx, a click 401 or with a refusal. */
export const forgeriesRefused: Invariant = ({ presses, notices }) => [
  ...notices
    .filter(({ genuine, status }) => !genuine && !REFUSALS.has(status))
    .map(({ what, status }) => `${what} was answered ${status}`),
  ...presses
    .filter(
      ({ genuine, status, sentence }) =>
        !genuine && (acceptedAction(sentence) !== undefined || ((status ?? 0) >= 500 && status !== 503)),
    )
    .map(({ verb, by, status, sentence }) => `a forged ${verb} by ${by} was answered ${status} "${sentence}"`),
];
