import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { cardShows } from '../demo/card-watch.ts';
import { cardsAtRest } from '../demo/cards-at-rest.ts';
import { attested, press } from '../demo/clicks.ts';
import { winnerOf } from '../demo/duels.ts';
import { type Stage, setUpStage } from '../demo/stage.ts';
import { type Playground, startPlayground } from '../playground/playground.ts';
import type { Person } from '../tenant/people.ts';
import { until } from '../tenant/until.ts';
import { launchBrowser } from './browser.ts';
import { type ChannelPage, openChannel } from './channel-page.ts';

/** SAME_MOMENT_ROUNDS=100 runs more of them. */
const ROUNDS = Number(process.env.SAME_MOMENT_ROUNDS ?? 4);
const BUTTONS = { confirm: 'Confirm unblock', reject: 'Reject' } as const;
const FORMS = { confirm: 'Confirm…', reject: 'Reject…' } as const;
type Verb = keyof typeof BUTTONS;
const DUELS: readonly (readonly [Verb, Verb])[] = [
  ['confirm', 'confirm'],
  ['confirm', 'reject'],
  ['reject', 'reject'],
  ['reject', 'confirm'],
];

type Window = { readonly person: Person; readonly page: ChannelPage; readonly playground: Playground };

/** A window becomes slower with every message in the channel, so new windows are opened after this many rounds. */
const ROUNDS_OF_A_WINDOW = 20;

for (let first = 0; first < ROUNDS; first += ROUNDS_OF_A_WINDOW) {
  const rounds = Math.min(ROUNDS_OF_A_WINDOW, ROUNDS - first);
  describe('two admins who press at the same time, each in their own window', () => fights(rounds));
}

const nameOf = (round: number) => `Relay no. ${round}.`;

function fights(rounds: number): void {
  const opened = new AsyncDisposableStack();
  let stage: Stage;
  let browser: Browser;
  let windows: readonly Window[];

  before(async () => {
    browser = await launchBrowser();
    opened.defer(() => browser.close());
    stage = await setUpStage();
    opened.defer(stage.stop);
    const { tenant } = stage;
    tenant.exchange.unblockLag.ms = 0;
    for (let round = 1; round <= rounds; round += 1) tenant.exchange.addConnector(nameOf(round));
    windows = await Promise.all(
      [tenant.people.erik, tenant.people.aoi].map(async (person) => {
        const playground = await startPlayground(tenant, person);
        opened.defer(playground.stop);
        const page = await openChannel(browser, playground.url, tenant.teams.team.adminChannel.name);
        return { person, page, playground };
      }),
    );
  });
  after(() => opened.disposeAsync());

  /** The number of connectors so far, and the name of the current one, which is used until it is unblocked. */
  let connectors = 0;
  let name = '';
  async function restricted() {
    const { tenant } = stage;
    if (!tenant.exchange.connectors().some((one) => one.Name === name) || !tenant.exchange.isRestricted(name)) {
      connectors += 1;
      name = nameOf(connectors);
      tenant.exchange.restrict(name);
    }
    await everywhere('Restricted');
    return cardShows(tenant, name, 'Restricted');
  }

  /** Returns the card in each window, once it shows this state. */
  async function everywhere(headline: string) {
    const cards = windows.map(({ page }) => page.card(new RegExp(`^${headline}.*${name}`, 's')));
    await Promise.all(cards.map((card) => card.waitFor()));
    return cards;
  }

  async function fight(verbs: readonly [Verb, Verb]): Promise<void> {
    const { tenant } = stage;
    const card = await restricted();
    await cardsAtRest(stage.databaseUrl);
    const before = tenant.exchange.removals.length;
    await press(tenant, tenant.people.nested, card, { verb: 'approve', inputs: attested(card, 'The queue is clean.') });
    await cardShows(tenant, name, 'Waiting');
    await cardsAtRest(stage.databaseUrl);
    const isShown = () => windows.every(({ playground }) => playground.isUpToDate());
    await until(isShown, { what: 'both windows show the last card' });
    const shown = await everywhere('Waiting');
    for (const [index, { page }] of windows.entries()) {
      const verb = verbs[index] ?? assert.fail();
      await page.openForm(shown[index] ?? assert.fail(), FORMS[verb]);
    }
    const presses = windows.map(async ({ person, page }, index) => {
      const [card, verb] = [shown[index] ?? assert.fail(), verbs[index] ?? assert.fail()];
      return { verb, by: person.displayName, sentence: await page.pressAtOnce(card, BUTTONS[verb]) };
    });
    const { verb } = winnerOf(await Promise.all(presses));
    await cardShows(tenant, name, verb === 'confirm' ? 'Unblocked' : 'Restricted');
    assert.equal(tenant.exchange.removals.length - before, verb === 'confirm' ? 1 : 0, name);
  }

  it(`have one effect and two true answers, in ${rounds} rounds`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      await fight(DUELS[round % DUELS.length] ?? assert.fail());
    }
  }).timeout(300_000 + rounds * 20_000);
}
