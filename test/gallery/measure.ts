import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const AXE = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url);
/** A screenful of a small phone. */
export const FIRST_SCREEN = 560;

/** Of a card on the page, or of one in a column. */
export const columnSchema = z.object({
  tooWide: z.number(),
  unlabelled: z.array(z.string()),
  primaryEnds: z.number(),
  findingsEnd: z.number(),
  /** Of buttons whose look does not say what they do. */
  styles: z.array(z.string()),
  problems: z.array(z.string()),
});

/** What is measured of a drawn card, in CSS pixels; 0 for what it does not have. */
export type Measured = z.infer<typeof columnSchema>;

/** Measures the card that is drawn in `root`, which is laid out in `box`. */
export const MEASURE = `window.measure = (root, box) => {
  const end = (element) => (element === null ? 0 : element.getBoundingClientRect().bottom - box.getBoundingClientRect().top);
  const named = (input) => (input.labels?.length ?? 0) > 0 || input.ariaLabel || input.getAttribute('aria-labelledby');
  return {
    tooWide: box.scrollWidth - box.clientWidth,
    unlabelled: [...root.querySelectorAll('input,textarea')].filter((input) => !named(input)).map((input) => input.id),
    primaryEnds: end(root.querySelector('.ac-pushButton.style-positive, .ac-pushButton.style-destructive')),
    findingsEnd: end(root.getElementById('findings')),
    styles: [...root.querySelectorAll('.ac-pushButton')].flatMap((button) => {
      const { verb, style } = window.actions.get(button.textContent) ?? {};
      return style === undefined || style === 'default' || button.classList.contains('style-' + style) ? [] : [verb + ' does not look ' + style];
    }),
    problems: window.problems,
  };
}`;

/** Says whether every input has a name, how far down things end, and what the renderer did not understand. */
export async function measure(page: Page): Promise<Measured> {
  return columnSchema.parse(await page.evaluate('window.measure(document, document.documentElement)'));
}

const violations = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

/** Puts axe on the page, once for a page. */
export async function addAxe(page: Page): Promise<void> {
  await page.addScriptTag({ content: await readFile(AXE, 'utf8') });
}

/** Rules of WCAG 2.2 AA: all of them, and those whose result can change with a theme, or with the width of the page. */
export const RULES = {
  all: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  ofColours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
  ofLayout: { type: 'rule', values: ['target-size', 'color-contrast'] },
} as const;

/** What axe finds in `window.checked`, or else in the card, as text. */
export async function axeFindings(page: Page, rules: keyof typeof RULES = 'all'): Promise<readonly string[]> {
  const found = violations.parse(
    await page.evaluate(
      `window.axe.run({ include: window.checked ?? ['#card'] }, { runOnly: ${JSON.stringify(RULES[rules])}, resultTypes: ['violations'] })
        .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`,
    ),
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
