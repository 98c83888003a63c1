import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../browser/browser.ts';
import { drawCard, openRenderer } from './card-page.ts';
import { type GalleryCard, galleryCards } from './gallery-cards.ts';
import { faultsOf } from './look.ts';
import { addAxe, type RULES } from './measure.ts';
import type { Theme } from './teams-host.ts';

/** Of the whole gallery, which `npm run gallery` draws: every card on the smallest phone, and each theme of the honest ones. */
describe('the gallery of cards', () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchBrowser();
    page = await openRenderer(browser, 320);
    await addAxe(page);
  });
  after(() => browser.close());

  const faults = async (cards: readonly GalleryCard[], theme: Theme, rules: keyof typeof RULES = 'all') => {
    const found: string[] = [];
    for (const it of cards) {
      await drawCard(page, it.card, theme);
      for (const fault of await faultsOf(page, rules)) found.push(`${it.name} (${it.locale}, ${it.data}): ${fault}`);
    }
    return found;
  };

  for (const data of ['honest', 'longest', 'hostile'] as const) {
    it(`shows what is so, what was found and what to press on the first screen of a phone (${data} texts)`, async () => {
      assert.deepEqual(await faults(galleryCards(undefined, [data]), 'light'), []);
    });
  }

  for (const theme of ['dark', 'contrast'] as const) {
    it(`can be read in Teams' ${theme} theme`, async () => {
      assert.deepEqual(await faults(galleryCards(['ja-JP'], ['honest']), theme, 'ofColours'), []);
    });
  }
});
