import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { renderHelp, renderWelcome } from '../../src/teams/cards/chat-card.ts';
import { renderConnector, renderHistory } from '../../src/teams/cards/connectors-card.ts';
import { renderIncident } from '../../src/teams/cards/incident-card.ts';
import { renderConnectors } from '../../src/teams/cards/status-card.ts';
import type { Locale } from '../../src/teams/locales/locale.ts';
import { drawCard, openRenderer } from '../gallery/card-page.ts';
import { T0 } from '../unit/incident/history.ts';
import { everyState, NASTY } from '../unit/teams/card-states.ts';
import { launchBrowser } from './browser.ts';

const LOCALES: readonly Locale[] = ['en-US', 'ja-JP'];
const pressedSchema = z.array(z.object({ verb: z.string(), data: z.record(z.string(), z.unknown()) }));

const WITH_BREAK_GLASS = { unblockMode: 'exchange', cloud: 'public', breakGlass: { waitMs: 900_000 } } as const;

const stateOf = (name: string) => {
  const incident = everyState()[name];
  assert.ok(incident, name);
  return incident;
};

const cardOf = (name: string, locale: Locale = 'en-US') =>
  renderIncident(stateOf(name), { locale, unblockMode: 'exchange', cloud: 'public' });

/** Returns the card in every state, and every other card, by name. */
function everyCard(locale: Locale): Readonly<Record<string, object>> {
  const restricted = { id: 'a', name: 'Relay from Osaka', restricted: true, type: 'OnPremises', enabled: true };
  const partner = { id: 'b', name: NASTY, restricted: false, type: 'Partner', enabled: false, incident: null };
  const connector = { ...restricted, incident: stateOf('awaiting_confirmation') };
  const status = {
    connectors: [connector, partner],
    readAt: T0,
    incompleteReason: null,
    channelFailure: null,
    watch: { push: 'refused', pollMs: 60_000 } as const,
    alerted: [],
  };
  const unread = { ...status, connectors: [], readAt: null, incompleteReason: 'Exchange answered 503.' };
  const past = [stateOf('restricted'), stateOf('unblocked'), stateOf('closed')];
  return {
    ...Object.fromEntries(Object.keys(everyState()).map((name) => [name, cardOf(name, locale)])),
    break_glass_offered: renderIncident(stateOf('restricted'), { locale, ...WITH_BREAK_GLASS }),
    manual: renderIncident(stateOf('verifying'), { locale, unblockMode: 'manual', cloud: 'public' }),
    dry_run: renderIncident(stateOf('verifying'), { locale, unblockMode: 'dry-run', cloud: 'public' }),
    connectors: renderConnectors(status, locale),
    unread: renderConnectors(unread, locale),
    connector: renderConnector(connector, status, locale),
    history: renderHistory(past, null, locale),
    help: renderHelp(locale, false),
    welcome: renderWelcome(locale, false),
  };
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const pressed = async (page: Page) => pressedSchema.parse(await page.evaluate('window.pressed'));
const verbs = async (page: Page) => (await pressed(page)).map(({ verb }) => verb);

describe('the card in a browser', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  const pageOf = async (card: object) => {
    const page = await openRenderer(browser, 760);
    await drawCard(page, card);
    return page;
  };

  for (const locale of LOCALES) {
    it(`fits a phone and a desktop, whatever the card (${locale})`, async () => {
      const page = await openRenderer(browser, 760);
      for (const [name, card] of Object.entries(everyCard(locale))) {
        await drawCard(page, card);
        for (const width of [760, 360, 320]) {
          await page.setViewportSize({ width, height: 900 });
          const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
          assert.ok(overflow <= 0, `${name} is ${overflow} px too wide at ${width}`);
        }
      }
      await page.close();
    });
  }

  it('shows a name full of markup as text', async () => {
    const page = await pageOf(cardOf('nasty'));
    const text = ((await page.locator('#card').textContent()) ?? '').replaceAll('\u200b', '');
    assert.ok(text.includes(NASTY), text);
    assert.equal(await page.locator('#card img').count(), 0);
    await page.close();
  });

  it('blocks an approval until everything is ticked and a reason is given, but no other button', async () => {
    const page = await pageOf(cardOf('restricted'));
    await press(page, 'Review and approve…');
    await press(page, 'Approve unblock');
    assert.deepEqual(await verbs(page), []);
    await press(page, "I'm looking");
    await press(page, 'Keep restricted…');
    await press(page, 'Still investigating');
    assert.deepEqual(await verbs(page), ['acknowledge', 'keep']);
    await press(page, 'Review and approve…');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('textbox').fill('It was a printer.');
    await press(page, 'Approve unblock');
    const approved = (await pressed(page)).at(-1);
    assert.equal(approved?.verb, 'approve');
    assert.equal(approved?.data.reason, 'It was a printer.');
    assert.equal(approved?.data.traffic_reviewed, 'true');
    await page.close();
  });

  it('lets one person use break-glass with only a reason, which blocks no other button', async () => {
    const page = await pageOf(renderIncident(stateOf('restricted'), { locale: 'en-US', ...WITH_BREAK_GLASS }));
    await press(page, 'Break-glass…');
    await press(page, 'Unblock alone (break-glass)');
    assert.deepEqual(await verbs(page), []);
    await page.getByRole('textbox').filter({ visible: true }).fill('Payslips go out.');
    await press(page, 'Unblock alone (break-glass)');
    assert.equal((await pressed(page)).at(-1)?.data.break_glass_reason, 'Payslips go out.');
    await press(page, "I'm looking");
    assert.deepEqual(await verbs(page), ['break_glass', 'acknowledge']);
    await page.close();
  });

  it('confirms once the evidence is ticked as reviewed; rejects and withdraws without any input', async () => {
    const page = await pageOf(cardOf('awaiting_confirmation'));
    await press(page, 'Confirm…');
    await press(page, 'Confirm unblock');
    assert.deepEqual(await verbs(page), []);
    await page.getByRole('checkbox').filter({ visible: true }).check();
    await press(page, 'Confirm unblock');
    await press(page, 'Reject…');
    await press(page, 'Reject');
    await press(page, 'Withdraw my approval');
    assert.deepEqual(await verbs(page), ['confirm', 'reject', 'withdraw']);
    await page.close();
  });

  it('unfolds its details, and folds them again', async () => {
    const page = await pageOf(cardOf('restricted'));
    const id = page.getByText('159eb7c4-75d7-43e2-95fe-ced44b3e0a56');
    assert.equal(await id.isVisible(), false);
    await page.getByRole('button', { name: /^Details/ }).click();
    assert.equal(await id.isVisible(), true);
    await press(page, 'Not this alert');
    assert.deepEqual(await verbs(page), ['unlink']);
    await page.getByRole('button', { name: /^Details/ }).click();
    assert.equal(await id.isVisible(), false);
    await page.close();
  });
});
