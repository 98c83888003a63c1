import { sentencesEnUs } from '../../src/teams/locales/sentences-en-us.ts';

const NAME = '\u0000';

/** How each sentence begins that says a click took effect, by the audit trail's name for the click. */
const BEGINNINGS = Object.entries(sentencesEnUs.applied).map(([action, sentence]) => {
  const [beginning = ''] = sentence(NAME).split(NAME);
  const end = action === 'keep_restricted' ? sentence(NAME).split(NAME)[1] : undefined;
  return { action, beginning, end };
});

/** The action a sentence says was done; undefined when it says that nothing was. */
export function acceptedAction(sentence: string | undefined): string | undefined {
  if (sentence === undefined) return undefined;
  const fitting = BEGINNINGS.filter(
    ({ beginning, end }) => sentence.startsWith(beginning) && (end === undefined || sentence.endsWith(end)),
  );
  return fitting.toSorted((a, b) => b.beginning.length - a.beginning.length)[0]?.action;
}
