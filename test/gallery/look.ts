import type { Page } from 'playwright-core';
import { axeFindings, FIRST_SCREEN, type Measured, measure, type RULES } from './measure.ts';

/** `lang` is checked in Microsoft's renderer with a regular expression that remembers where it stopped, so every second card "fails". */
const LANG_DEFECT = /property "lang"/;
/** The renderer puts `aria-expanded` on what a button unfolds, too, and not only on the button. */
const EXPANDED_DEFECT = /^aria-allowed-attr: .*aria-expanded=/;

/** What is wrong with the card on the page, each as a sentence. */
export async function faultsOf(page: Page, rules: keyof typeof RULES = 'all'): Promise<string[]> {
  return [...faultsIn(await measure(page), 'posted'), ...(await axeFaults(page, rules))];
}

/** What was measured and is wrong, each as a sentence; where the first screen ends counts only of a card as it was posted. */
export function faultsIn(measured: Measured, as: 'posted' | 'opened'): readonly string[] {
  const { tooWide, unlabelled, primaryEnds, findingsEnd, styles, problems } = measured;
  return [
    ...(tooWide > 0 ? [`it is ${tooWide} px too wide`] : []),
    ...unlabelled.map((id) => `input ${id} has no label`),
    ...(as === 'posted' && primaryEnds > FIRST_SCREEN
      ? [`its first action ends at ${Math.round(primaryEnds)} px`]
      : []),
    ...(as === 'posted' && findingsEnd > FIRST_SCREEN ? [`its findings end at ${Math.round(findingsEnd)} px`] : []),
    ...styles,
    ...problems.filter((problem) => !LANG_DEFECT.test(problem)).map((problem) => `the renderer says: ${problem}`),
  ];
}

/** What axe finds in everything that is drawn, apart from a defect of the renderer's own. */
export async function axeFaults(page: Page, rules: keyof typeof RULES = 'all'): Promise<readonly string[]> {
  return (await axeFindings(page, rules)).filter((found) => !EXPANDED_DEFECT.test(found));
}
