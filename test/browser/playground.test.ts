import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { cardShows } from '../demo/card-watch.ts';
import { cardsAtRest } from '../demo/cards-at-rest.ts';
import { type Stage, setUpStage } from '../demo/stage.ts';
import { type Playground, startPlayground } from '../playground/playground.ts';
import { until } from '../tenant/until.ts';
import { launchBrowser } from './browser.ts';
import { type ChannelPage, openChannel } from './channel-page.ts';

const CONNECTOR = 'Relay Tokyo';
const REASON = 'The relay account is locked, its password changed, the queue is clean.';

/** Each step builds on the one before it. */
type Form = { readonly opener: string; readonly button: string };
const APPROVE: Form = { opener: 'Review and approve…', button: 'Approve unblock' };
const CONFIRM: Form = { opener: 'Confirm…', button: 'Confirm unblock' };

describe('the card in a Teams client', () => {
  const opened = new AsyncDisposableStack();
  const playgrounds: Playground[] = [];
  let stage: Stage;
  let browser: Browser;
  let eriksPage: ChannelPage;
  let aoisPage: ChannelPage;

  const windowOf = async (who: 'erik' | 'aoi') => {
    const { tenant } = stage;
    const playground = await startPlayground(tenant, tenant.people[who]);
    opened.defer(playground.stop);
    playgrounds.push(playground);
    return openChannel(browser, playground.url, tenant.teams.team.adminChannel.name);
  };

  before(async () => {
    browser = await launchBrowser();
    opened.defer(() => browser.close());
    stage = await setUpStage();
    opened.defer(stage.stop);
    stage.tenant.exchange.addConnector(CONNECTOR);
    [eriksPage, aoisPage] = await Promise.all([windowOf('erik'), windowOf('aoi')]);
  });
  after(() => opened.disposeAsync());

  /** Findings that arrive while a form is being filled in fold it. */
  const fillIn = async (page: ChannelPage, card: ReturnType<ChannelPage['card']>, opener: string, reason?: string) => {
    await cardsAtRest(stage.databaseUrl);
    await until(() => playgrounds.every(({ isUpToDate }) => isUpToDate()), {
      what: 'every window shows the last card',
    });
    await page.fillIn(card, opener, reason);
  };
  /**
   * Fills the form in again when a redrawn card has closed it before its button was pressed. A press that took longer to be seen has
   * changed the headline, by which the card is found.
   */
  const decide = async (page: ChannelPage, card: ReturnType<ChannelPage['card']>, form: Form, reason?: string) => {
    let attempts = 0;
    const isPressed = async () => {
      attempts += 1;
      if (attempts > 1 && !(await page.isShown(card))) return true;
      await fillIn(page, card, form.opener, reason);
      return page.isPressed(card, form.button);
    };
    await until(isPressed, { what: `${form.button} is pressed` });
  };

  it('appears in the channel of both admins', async () => {
    stage.tenant.exchange.restrict(CONNECTOR);
    for (const page of [eriksPage, aoisPage]) await page.card(CONNECTOR).waitFor();
    await eriksPage.screenshot('1-restricted');
  });

  it('waits for a second admin once the boxes are ticked, a reason is given and Approve is pressed', async () => {
    const card = eriksPage.card(/^Restricted/);
    await fillIn(eriksPage, card, 'Review and approve…', REASON);
    await eriksPage.screenshot('2-filled-in');
    await eriksPage.picture(card, '2-card');
    await decide(eriksPage, card, APPROVE, REASON);
    for (const page of [eriksPage, aoisPage]) await page.card(/^Waiting/).waitFor();
    await eriksPage.screenshot('3-waiting');
  });

  it('shows the approver that another person has to confirm', async () => {
    await decide(eriksPage, eriksPage.card(CONNECTOR), CONFIRM);
    await eriksPage.says(/You approved this yourself/);
    await eriksPage.screenshot('4-refused');
  });

  it('is there again, and alive, after a page was reloaded', async () => {
    await eriksPage.reload();
    await eriksPage.card(/^Waiting/).waitFor();
  });

  it('shows Unblocked to both after the other admin has confirmed', async () => {
    const card = aoisPage.card(/^Waiting/);
    await fillIn(aoisPage, card, 'Confirm…');
    await aoisPage.screenshot('5-waiting-second-admin');
    const { unblockLag } = stage.tenant.exchange;
    unblockLag.ms = 3_600_000;
    await decide(aoisPage, card, CONFIRM);
    await eriksPage.card(/^Verifying/).waitFor();
    await eriksPage.screenshot('6-verifying');
    unblockLag.ms = 0;
    for (const page of [eriksPage, aoisPage]) await page.card(/^Unblocked/).waitFor();
    await eriksPage.screenshot('7-unblocked');
    await aoisPage.screenshot('8-unblocked-second-admin');
    await cardShows(stage.tenant, CONNECTOR, 'Unblocked');
    assert.equal(stage.tenant.exchange.removals.length, 1);
  });

  it('is carried through a drill by the same two people, of which nothing reaches Exchange', async () => {
    const { teams, people, exchange } = stage.tenant;
    await teams.say({ person: people.erik, text: 'drill', where: 'channel', locale: 'en-US' });
    const drill = (page: ChannelPage, headline: string) => page.card(new RegExp(`^${headline}.*DRILL`));
    for (const page of [eriksPage, aoisPage]) await page.card(/DRILL.*4,120 messages/).waitFor();
    await decide(eriksPage, drill(eriksPage, 'Restricted'), APPROVE, 'We practise.');
    await drill(aoisPage, 'Waiting').waitFor();
    await fillIn(aoisPage, drill(aoisPage, 'Waiting'), 'Confirm…');
    await aoisPage.screenshot('9-drill');
    await decide(aoisPage, drill(aoisPage, 'Waiting'), CONFIRM);
    for (const page of [eriksPage, aoisPage]) await drill(page, 'Unblocked').waitFor();
    await eriksPage.says(/The drill is over/);
    await eriksPage.screenshot('10-drill-over');
    assert.equal(exchange.removals.length, 1, 'only the real restriction was lifted at Exchange');
  });

  it('is one the client can show in every state', () => {
    assert.deepEqual(
      playgrounds.flatMap(({ problems }) => problems),
      [],
    );
  });
});
