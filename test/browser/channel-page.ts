import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, errors, type Locator, type Page } from 'playwright-core';
import { z } from 'zod';
import { until } from '../tenant/until.ts';

const SCREENSHOTS = fileURLToPath(new URL('../../test-output/browser', import.meta.url));
const answerSchema = z.object({ value: z.string() });
const PATIENCE_MS = 30_000;
/** How long a control may take to act before the form counts as closed by a redrawn card. */
const CONTROL = { timeout: 10_000 };
const SIZE = { width: 1280, height: 1600 };

/** A channel in Playground's page, as one person sees it. */
export type ChannelPage = {
  /** Returns the newest card that contains this text. */
  card(saying: string | RegExp): Locator;
  /** Opens the form behind this button, ticks every checkbox in it and fills in the reason if it has one. */
  fillIn(card: Locator, opener: string, reason?: string): Promise<void>;
  /** Opens the form behind this button and ticks its checkboxes, so that its own buttons can be pressed. */
  openForm(card: Locator, opener: string): Promise<void>;
  press(card: Locator, button: string): Promise<void>;
  /** Whether there is such a card within 30 s. */
  isShown(card: Locator): Promise<boolean>;
  /** Presses a button; resolves to false when the card does not show it for 30 s. */
  isPressed(card: Locator, button: string): Promise<boolean>;
  /** Presses without the checks of `press`, so that two pages can press at the same moment; returns the answer on the page. */
  pressAtOnce(card: Locator, button: string): Promise<string>;
  reload(): Promise<void>;
  /** Waits until this text is somewhere on the page. */
  says(text: string | RegExp): Promise<void>;
  screenshot(name: string): Promise<void>;
  /** Takes a picture of the whole card alone. */
  picture(card: Locator, name: string): Promise<void>;
};

export async function openChannel(browser: Browser, url: string, channel: string): Promise<ChannelPage> {
  const page = await browser.newPage({ viewport: SIZE });
  page.setDefaultTimeout(120_000);
  // The page loads its font from a server of Microsoft; this test sends nothing there.
  await page.route(
    ({ hostname }) => hostname !== 'localhost',
    (route) => route.abort(),
  );
  const choose = () => page.getByText(channel, { exact: true }).click();
  await page.goto(url);
  await choose();
  return {
    card: (saying) => page.locator('.ac-adaptiveCard', { hasText: saying }).first(),
    fillIn,
    openForm,
    press: (card, button) => card.getByRole('button', { name: button, exact: true }).click(),
    isShown: (card) => succeeds(card.waitFor({ timeout: PATIENCE_MS })),
    isPressed: (card, button) =>
      succeeds(card.getByRole('button', { name: button, exact: true }).click({ timeout: PATIENCE_MS })),
    pressAtOnce: (card, button) => pressAtOnce(page, card, button),
    async reload() {
      await page.reload();
      await choose();
    },
    says: (text) => page.getByText(text).first().waitFor(),
    screenshot: (name) => screenshot(page, name),
    picture: async (card, name) => {
      await card.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
    },
  };
}

/** Playground redraws a card soon after it arrives, and loses what was typed before; so this repeats until the inputs remain. */
async function fillIn(card: Locator, opener: string, reason = ''): Promise<void> {
  const boxes = card.getByRole('checkbox').filter({ visible: true });
  const field = card.getByRole('textbox').filter({ visible: true }).first();
  await untilOpen(async () => {
    if ((await boxes.count()) === 0) await card.getByRole('button', { name: opener, exact: true }).click(CONTROL);
    for (const box of await boxes.all()) await box.check(CONTROL);
    if (reason !== '') await field.fill(reason, CONTROL);
    const ticked = await Promise.all((await boxes.all()).map((box) => box.isChecked()));
    return ticked.length > 0 && ticked.every(Boolean) && (reason === '' || (await field.inputValue()) === reason);
  }, 'the form keeps what is filled in');
}

/** Playground redraws a card soon after it arrives, which closes its forms; so this repeats until the form stays open. */
async function openForm(card: Locator, opener: string): Promise<void> {
  const form = card.locator('.ac-adaptiveCard').filter({ visible: true });
  await untilOpen(async () => {
    if ((await form.count()) === 0) await card.getByRole('button', { name: opener, exact: true }).click(CONTROL);
    for (const box of await form.getByRole('checkbox').all()) await box.check(CONTROL);
    return (await form.count()) > 0;
  }, `the form behind ${opener}`);
}

/** Repeats an attempt on a form until it succeeds. A control that a redrawn card hides while it is used ends only the attempt. */
function untilOpen(attempt: () => Promise<boolean>, what: string): Promise<true> {
  const closedCountsAsFailure = (error: unknown) => {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  };
  return until(() => attempt().catch(closedCountsAsFailure), { what });
}

function succeeds(action: Promise<unknown>): Promise<boolean> {
  return action.then(
    () => true,
    () => false,
  );
}

/** A redrawn card removes its answer from the page, so the answer is read as it arrives. */
async function pressAtOnce(page: Page, card: Locator, button: string): Promise<string> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/_conversation/v1/invoke'));
  await card.getByRole('button', { name: button, exact: true }).dispatchEvent('click', undefined, { timeout: 30_000 });
  return answerSchema.parse(await (await answered).json()).value;
}

async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
}
