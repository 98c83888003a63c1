import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../browser/browser.ts';
import { speakPseudo } from '../unit/teams/pseudo-locale.ts';
import { drawCard, openRenderer } from './card-page.ts';
import { galleryCards } from './gallery-cards.ts';
import { FIRST_SCREEN, measure } from './measure.ts';

/** Where people decide, and the longest of the answers. */
const SAMPLE = new Set([
  'alerted',
  'restricted',
  'found',
  'found_and_approved',
  'break_glass_waiting',
  'unblock_failed',
  'unblocked',
  'drill',
  'status of 60',
  'history',
  'help',
  'welcome',
]);

const MARK = /^[✖▲?✔]\ufe0e?$/;

describe('a card whose texts are 40 % longer, on the smallest phone', () => {
  let browser: Browser;
  let english: { readonly stop: () => void };
  before(async () => {
    browser = await launchBrowser();
    english = speakPseudo();
  });
  after(async () => {
    english.stop();
    await browser.close();
  });

  it('is not wider than the phone, and shows what was found and what to press on the first screen', async () => {
    const page = await openRenderer(browser, 320);
    const faults: string[] = [];
    const cards = galleryCards(['en-US'], ['honest']).filter(({ name }) => SAMPLE.has(name));
    assert.equal(cards.length, SAMPLE.size);
    for (const { name, card } of cards) {
      await drawCard(page, card);
      const { tooWide, primaryEnds, findingsEnd } = await measure(page);
      if (tooWide > 0) faults.push(`${name} is ${tooWide} px too wide`);
      if (primaryEnds > FIRST_SCREEN) faults.push(`the first action of ${name} ends at ${Math.round(primaryEnds)} px`);
      if (findingsEnd > FIRST_SCREEN) faults.push(`the findings of ${name} end at ${Math.round(findingsEnd)} px`);
    }
    assert.deepEqual(faults, []);
    await page.close();
  });

  it('has a mark beside each finding, however much of its text is cut', async () => {
    const page = await openRenderer(browser, 320);
    const cards = galleryCards(['en-US'], ['honest']).filter(({ name }) => /^(found|drill$)/.test(name));
    assert.ok(cards.length > 0);
    for (const { name, card } of cards) {
      await drawCard(page, card);
      const lines = await page.locator('#findings .ac-richTextBlock, #findings .ac-textBlock').allTextContents();
      const marks = lines.filter((line) => MARK.test(line));
      assert.ok(marks.length > 0 && marks.length * 2 === lines.length, `${name}: ${lines.join(' | ')}`);
    }
    await page.close();
  });
});
