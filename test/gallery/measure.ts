import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const AXE = new URL('../../node_modules/axe-core/axe.min.js', import.meta.url);
/** A screenful of a small phone. */
export const FIRST_SCREEN = 560;

const measured = z.object({
  tooWide: z.number(),
  unlabelled: z.array(z.string()),
  primaryEnds: z.number(),
  findingsEnd: z.number(),
  /** Of buttons whose look does not say what they do. */
  styles: z.array(z.string()),
  problems: z.array(z.string()),
});

/** What is measured of a drawn card, in CSS pixels; 0 for what it does not have. */
export type Measured = z.infer<typeof measured>;

/** Says whether every input has a name, how far down things end, and what the renderer did not understand. */
export async function measure(page: Page): Promise<Measured> {
  return measured.parse(
    await page.evaluate(`(() => {
      const end = (element) => (element === null ? 0 : element.getBoundingClientRect().bottom + window.scrollY);
      const named = (input) => (input.labels?.length ?? 0) > 0 || input.ariaLabel || input.getAttribute('aria-labelledby');
      return {
        tooWide: document.documentElement.scrollWidth - window.innerWidth,
        unlabelled: [...document.querySelectorAll('input,textarea')].filter((input) => !named(input)).map((input) => input.id),
        primaryEnds: end(document.querySelector('.ac-pushButton.style-positive, .ac-pushButton.style-destructive')),
        findingsEnd: end(document.getElementById('findings')),
        styles: [...document.querySelectorAll('.ac-pushButton')].flatMap((button) => {
          const { verb, style } = window.actions.get(button.textContent) ?? {};
          return style === undefined || style === 'default' || button.classList.contains('style-' + style) ? [] : [verb + ' does not look ' + style];
        }),
        problems: window.problems,
      };
    })()`),
  );
}

/** What unfolds something: the details, and every form. */
export async function openings(page: Page): Promise<readonly string[]> {
  return z.array(z.string()).parse(
    await page.evaluate(
      `[...document.querySelectorAll('#card [aria-expanded], #card .ac-selectable[role=button]')]
         .filter((element) => element.offsetParent !== null && element.textContent !== '...')
         .map((element) => element.ariaLabel || element.textContent)`,
    ),
  );
}

const violations = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

/** Puts axe on the page, once for a page. */
export async function addAxe(page: Page): Promise<void> {
  await page.addScriptTag({ content: await readFile(AXE, 'utf8') });
}

/** What axe finds against WCAG 2.2 AA, as text. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const found = violations.parse(
    await page.evaluate(
      `window.axe.run('#card', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) =>
        violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`,
    ),
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
