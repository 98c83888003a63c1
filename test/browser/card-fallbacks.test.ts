import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { renderIncident } from '../../src/teams/cards/incident-card.ts';
import { parseClick, submittedAction } from '../../src/teams/turns/actions.ts';
import { drawCard, openRenderer } from '../gallery/card-page.ts';
import { everyState } from '../unit/teams/card-states.ts';
import { launchBrowser } from './browser.ts';

const pressedSchema = z.array(z.object({ verb: z.string(), data: z.record(z.string(), z.unknown()) }));

const pressed = async (page: Page) => pressedSchema.parse(await page.evaluate('window.pressed'));

const press = async (page: Page, opener: string, button: string) => {
  if (opener !== '') await page.getByRole('button', { name: opener, exact: true }).click();
  for (const box of await page.getByRole('checkbox').filter({ visible: true }).all()) await box.check();
  for (const field of await page.getByRole('textbox').filter({ visible: true }).all()) await field.fill('A printer.');
  await page.getByRole('button', { name: button, exact: true }).click();
};

/** The buttons to press, each on the card of a state and behind the form that contains it. */
const PRESSES = [
  ['restricted', 'Review and approve…', 'Approve unblock'],
  ['restricted', 'Keep restricted…', 'Still investigating'],
  ['restricted', '', "I'm looking"],
  ['awaiting_confirmation', 'Confirm…', 'Confirm unblock'],
  ['awaiting_confirmation', 'Reject…', 'Reject'],
  ['awaiting_confirmation', '', 'Withdraw my approval'],
] as const;

describe('a client that does not know Action.Execute', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const [state, opener, button] of PRESSES) {
    it(`sends "${button}" as a message whose value is that click`, async () => {
      const incident = everyState()[state];
      assert.ok(incident);
      const card = renderIncident(incident, { locale: 'en-US', unblockMode: 'exchange', cloud: 'public' });
      const page = await openRenderer(browser, 360);
      await drawCard(page, card);
      await press(page, opener, button);
      const [executed] = await pressed(page);
      await drawCard(page, card, 'light', ['Action.Execute']);
      await press(page, opener, button);
      const [submitted] = await pressed(page);
      const click = parseClick({ action: executed });
      assert.ok(click);
      assert.deepEqual(parseClick(submittedAction(submitted?.data)), click);
      await page.close();
    });
  }
});
