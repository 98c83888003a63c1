import type { Invariant } from '../evidence.ts';

const OK = 200;
/** Taken, not to be remembered now, or nobody there. */
const TO_GRAPH: ReadonlySet<number | undefined> = new Set([202, 503, undefined]);
/** The keys that prove a click could not be had, or nobody there. */
const WITHOUT_SENTENCE: ReadonlySet<number | undefined> = new Set([503, undefined]);

/** Whatever is broken, Graph is told whether to send a notification again, and whoever clicks is told something. */
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
