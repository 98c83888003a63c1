import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { openRenderer, prepare } from './card-page.ts';
import { addAxe, columnSchema, type Measured } from './measure.ts';
import type { Theme } from './teams-host.ts';

/** Wide enough for six columns of the widest card. */
const WIDTH = 5_000;

/**
 * A column for a card has a shadow root of its own, so that the ids in it, which labels refer to, are unique. The first column has
 * the card as it is posted, each of the others has one of its folds or forms open. `window.checked` has what axe checks: the first
 * column, and of the others only what was opened.
 */
const SHEET = `window.drawSheet = (...card) => {
  const sheet = document.getElementById('card');
  sheet.replaceChildren();
  window.checked = [];
  const column = () => {
    const root = sheet.appendChild(document.createElement('section')).attachShadow({ mode: 'open' });
    const style = root.appendChild(document.createElement('style'));
    style.textContent = document.getElementById('style').textContent;
    window.draw(root.appendChild(document.createElement('div')), ...card);
    return root;
  };
  const visible = (root) => [...root.querySelectorAll('*')].filter((element) => element.offsetParent !== null);
  const openers = (root) => [...root.querySelectorAll('[aria-expanded], .ac-selectable[role=button]')]
    .filter((element) => element.offsetParent !== null && element.textContent !== '...');
  const open = (root, index) => {
    const before = new Set(visible(root));
    openers(root)[index].click();
    const opened = visible(root).filter((element) => !before.has(element) && before.has(element.parentElement));
    window.checked.push(...opened);
    if (opened.length === 0) root.host.remove();
    return opened.length > 0;
  };
  const posted = column();
  window.checked.push(posted.lastElementChild);
  const titles = openers(posted).map((element) => element.ariaLabel || element.textContent);
  return ['', ...titles.filter((_, index) => open(column(), index))];
}`;

const LAYOUT = `#card{display:flex;width:max-content;align-items:flex-start;gap:16px}
  #card>section{flex:none;overflow:hidden;width:var(--card-width)}`;

/** Opens a page on which one card after another is drawn with everything that unfolds. */
export async function openSheet(browser: Browser): Promise<Page> {
  const page = await openRenderer(browser, WIDTH);
  await page.addStyleTag({ content: LAYOUT });
  await page.evaluate(SHEET);
  await addAxe(page);
  return page;
}

/** Draws a card in as many columns as it has things to unfold and one more; returns what is open in each, '' for the first. */
export async function drawSheet(page: Page, card: object, theme: Theme): Promise<readonly string[]> {
  return z.array(z.string()).parse(await page.evaluate(`window.drawSheet(${await prepare(page, card, theme, [])})`));
}

/** Sets the width of the columns, in CSS pixels, and measures each. */
export async function measureSheet(page: Page, width: number): Promise<readonly Measured[]> {
  return z.array(columnSchema).parse(
    await page.evaluate(
      `document.getElementById('card').style.setProperty('--card-width', '${width}px');
         [...document.querySelectorAll('#card > section')].map((column) => window.measure(column.shadowRoot, column))`,
    ),
  );
}

/** Takes a picture of all columns. */
export async function pictureOf(page: Page, path: string): Promise<void> {
  const clip = await page.locator('#card').boundingBox();
  await page.screenshot({ path, fullPage: true, ...(clip && { clip }) });
}
