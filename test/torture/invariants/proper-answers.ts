import type { Invariant } from '../evidence.ts';

const OK = 200;
/** Accepted, not stored, or no service running. */
const TO_GRAPH: ReadonlySet<number | undefined> = new Set([202, 503, undefined]);
/** The signing keys could not be fetched, or no service running. */
const WITHOUT_SENTENCE: ReadonlySet<number | undefined> = new Set([503, undefined]);

/** Whatever is broken, a notification is answered 202 or 503, and a click with a sentence. */
export const properAnswers: Invariant = ({ presses, notices }) => [
  ...notices
    .filter(({ genuine, status }) => genuine && !TO_GRAPH.has(status))
    .map(({ what, status }) => `${what} was answered ${status}`),
  ...presses
    .filter(({ genuine, status, sentence }) => {
      if (!genuine || WITHOUT_SENTENCE.has(status)) return false;
      return status !== OK || sentence === undefined || sentence === '';
    })
    .map(({ verb, by, status }) => `${verb} by ${by} was answered ${status} without a sentence`),
];
