import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { winnerOf } from '../demo/duels.ts';
import { type Stage, setUpStage } from '../demo/stage.ts';
import { startPlayground } from '../playground/playground.ts';
import type { Person } from '../tenant/people.ts';
import { launchBrowser } from './browser.ts';
import { type ChannelPage, openChannel } from './channel-page.ts';

/** More of them with SAME_MOMENT_ROUNDS=100. */
const ROUNDS = Number(process.env.SAME_MOMENT_ROUNDS ?? 4);
const BUTTONS = { confirm: 'Confirm unblock', reject: 'Reject' } as const;
type Verb = keyof typeof BUTTONS;
const DUELS: readonly (readonly [Verb, Verb])[] = [
  ['confirm', 'confirm'],
  ['confirm', 'reject'],
  ['reject', 'reject'],
  ['reject', 'confirm'],
];

type Window = { readonly person: Person; readonly page: ChannelPage };

describe('two admins who press at the same moment, each in a window of their own', function () {
  this.timeout(60_000 + ROUNDS * 10_000);
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
    windows = await Promise.all(
      [tenant.people.erik, tenant.people.aoi].map(async (person) => {
        const playground = await startPlayground(tenant, person);
        opened.defer(playground.stop);
        const page = await openChannel(browser, playground.url, tenant.teams.team.adminChannel.name);
        return { person, page };
      }),
    );
  });
  after(() => opened.disposeAsync());

  async function fight(name: string, verbs: readonly [Verb, Verb]): Promise<void> {
    const { tenant } = stage;
    tenant.exchange.addConnector(name);
    const { connectorId } = tenant.exchange.restrict(name);
    const card = await cardShows(tenant, name, 'Restricted');
    await press(tenant, tenant.people.nested, card, { verb: 'approve', inputs: attested(card, 'The queue is clean.') });
    const sides = await Promise.all(
      windows.map(async ({ person, page }, index) => {
        const verb = verbs[index] ?? assert.fail();
        const shown = page.card(new RegExp(`^Waiting.*${name}`, 's'));
        await shown.waitFor();
        const pressed = async () => ({
          verb,
          by: person.displayName,
          told: await page.pressAtOnce(shown, BUTTONS[verb]),
        });
        return pressed;
      }),
    );
    const { verb } = winnerOf(await Promise.all(sides.map((pressed) => pressed())));
    await cardShows(tenant, name, verb === 'confirm' ? 'Unblocked' : 'Restricted');
    const removals = tenant.exchange.removals.filter((removal) => removal.connectorId === connectorId);
    assert.equal(removals.length, verb === 'confirm' ? 1 : 0, name);
    if (verb === 'reject') tenant.exchange.unblockInPortal(name);
  }

  it(`have one effect and two true answers, in ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await fight(`Relay no. ${round}.`, DUELS[round % DUELS.length] ?? assert.fail());
    }
  });
});
