import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { renderIncident } from '../../src/teams/incident-card.ts';
import { launchBrowser } from '../browser/browser.ts';
import { openCardPage } from './card-page.ts';
import { everyState, NASTY } from './card-states.ts';

const FOLDER = new URL('../../test-output/cards/', import.meta.url);
const pressedSchema = z.array(z.object({ verb: z.string(), data: z.record(z.string(), z.unknown()) }));

describe('the card in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  before(async () => {
    await mkdir(FOLDER, { recursive: true });
    browser = await launchBrowser();
  });
  after(() => browser.close());

  const cardOf = (name: string, locale: 'en-US' | 'ja-JP' = 'en-US') => {
    const incident = everyState()[name];
    assert.ok(incident);
    return renderIncident(incident, { locale, unblockMode: 'exchange' });
  };

  for (const locale of ['en-US', 'ja-JP'] as const) {
    it(`fits a phone and a desktop in every state (${locale})`, async () => {
      for (const name of Object.keys(everyState())) {
        for (const width of [360, 760]) {
          const page = await openCardPage(browser, width, cardOf(name, locale));
          const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
          assert.ok(overflow <= 0, `${name} is ${overflow} px too wide at ${width}`);
          await page.screenshot({ path: new URL(`${name}-${locale}-${width}.png`, FOLDER).pathname, fullPage: true });
          await page.close();
        }
      }
    });
  }

  it('shows a name full of markup as text', async () => {
    const page = await openCardPage(browser, 760, cardOf('nasty'));
    const text = (await page.locator('#card').innerText()).replaceAll('\u200b', '');
    assert.ok(text.includes(NASTY), text);
    assert.equal(await page.locator('#card img').count(), 0);
    await page.close();
  });

  it('holds up an approval until everything is ticked and a reason is given, and no other button', async () => {
    const page = await openCardPage(browser, 760, cardOf('restricted'));
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const pressed = async () => pressedSchema.parse(await page.evaluate('window.pressed'));
    await press('Approve unblock');
    assert.deepEqual(await pressed(), []);
    await press('I am looking at it');
    await press('Keep restricted…');
    await press('Still investigating');
    assert.deepEqual(
      (await pressed()).map(({ verb }) => verb),
      ['acknowledge', 'keep'],
    );
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('textbox').fill('It was a printer.');
    await press('Approve unblock');
    const approved = (await pressed()).at(-1);
    assert.equal(approved?.verb, 'approve');
    assert.equal(approved?.data.reason, 'It was a printer.');
    assert.equal(approved?.data.traffic_reviewed, 'true');
    await page.close();
  });

  it('lets a second admin reject without a reason', async () => {
    const page = await openCardPage(browser, 760, cardOf('awaiting_confirmation'));
    await page.getByRole('button', { name: 'Reject', exact: true }).click();
    const [rejected] = pressedSchema.parse(await page.evaluate('window.pressed'));
    assert.equal(rejected?.verb, 'reject');
    await page.close();
  });
});
