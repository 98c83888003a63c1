import type { ShownCard } from '../tenant/teams-conversations.ts';
import { cardLines, type Say } from './narrate.ts';
import { wordsOf } from './words.ts';

/** The result that a step shows: the current card, or an answer. */
type Shown = ShownCard | string | undefined;

export type Telling = {
  chapter(title: string, tell: (step: Step) => Promise<void>): Promise<void>;
  /** The steps that failed; empty when all succeeded. */
  readonly failures: readonly string[];
};

export type Step = <T extends Shown>(title: string, act: () => Promise<T>) => Promise<T>;

/** Tells a story step by step. A failed step ends its chapter, because the next ones build on it. */
export function createTelling(say: Say): Telling {
  const failures: string[] = [];
  return {
    failures,
    async chapter(title, tell) {
      say(`\n${title}`);
      let current = title;
      const step: Step = async (name, act) => {
        current = name;
        const shown = await act();
        say(`  ✔ ${name}`);
        for (const line of linesOf(shown)) say(`      ${line}`);
        return shown;
      };
      try {
        await tell(step);
      } catch (error) {
        const reason = wordsOf(error);
        failures.push(`${title}: ${current}: ${reason}`);
        say(`  ✘ ${current}`);
        for (const line of reason.split('\n')) say(`      ${line}`);
      }
    },
  };
}

function linesOf(shown: Shown): readonly string[] {
  if (shown === undefined) return [];
  return typeof shown === 'string' ? [`“${shown}”`] : cardLines(shown);
}
