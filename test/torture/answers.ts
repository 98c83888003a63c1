import { sentencesEnUs } from '../../src/teams/locales/sentences-en-us.ts';

const NAME = '\u0000';

/** How the answer to a click that took effect begins, by the click's name in the audit trail. */
const BEGINNINGS = Object.entries(sentencesEnUs.applied).map(([action, sentence]) => {
  const [beginning = ''] = sentence(NAME).split(NAME);
  const end = action === 'keep_restricted' ? sentence(NAME).split(NAME)[1] : undefined;
  return { action, beginning, end };
});

/** The action that an answer reports as done; undefined when it reports none. */
export function acceptedAction(sentence: string | undefined): string | undefined {
  if (sentence === undefined) return undefined;
  const fitting = BEGINNINGS.filter(
    ({ beginning, end }) => sentence.startsWith(beginning) && (end === undefined || sentence.endsWith(end)),
  );
  return fitting.toSorted((a, b) => b.beginning.length - a.beginning.length)[0]?.action;
}
