import assert from 'node:assert/strict';
import { cardShows, incidentCards } from '../demo/card-watch.ts';
import { ask as askBot, attested, press } from '../demo/clicks.ts';
import { textOf } from '../tenant/card-reading.ts';
import type { Person } from '../tenant/people.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const REAL = 'Relay Himeji';
const REASON = 'We practise.';

describe('a drill', () => {
  let world: World;
  afterEach(() => world.stop());

  async function begin(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    world = await startWorld(settings, {}, ({ exchange }) => exchange.addConnector(REAL));
    await until(() => world.tenant.record.some(({ operation }) => operation === 'Get-InboundConnector'));
  }

  async function ask(person: Person, text: string, channelId?: string): Promise<string> {
    return askBot(world.tenant, { person, text, locale: 'en-US', ...(channelId && { channelId }) });
  }

  async function started() {
    assert.match(await ask(world.tenant.people.erik, 'drill'), /^The drill "DRILL 訓練 .*" has started/);
    await cardShows(world.tenant, 'DRILL', 'Restricted');
    const withFindings = () => world.tenant.teams.latestCard('4,120 messages');
    const card = await until(withFindings, { what: 'what the checks found' });
    assert.match(textOf(card.card), /DRILL: this restriction is imaginary/);
    return card;
  }

  const calls = (operation: RegExp) => world.tenant.record.filter((one) => operation.test(one.operation ?? ''));
  const page = async (path: string) => (await fetch(`${world.url}${path}`)).text();

  for (const mode of ['exchange', 'manual', 'dry-run']) {
    it(`is lifted by two people as a restriction is, and reaches neither Exchange nor Defender (${mode})`, async () => {
      await begin({ UNBLOCK_MODE: mode });
      const { erik, aoi } = world.tenant.people;
      const card = await started();
      await press(world.tenant, aoi, card, { verb: 'acknowledge' });
      await press(world.tenant, erik, card, { verb: 'approve', inputs: attested(card, REASON) });
      const waiting = await cardShows(world.tenant, 'DRILL', 'Waiting');
      assert.match(await press(world.tenant, erik, waiting, { verb: 'confirm' }), /You approved this yourself/);
      await press(world.tenant, aoi, waiting, { verb: 'confirm' });
      const done = await cardShows(world.tenant, 'DRILL', 'Unblocked');
      assert.match(textOf(done.card), /DRILL: this restriction is imaginary/);
      assert.doesNotMatch(textOf(done.card), /Remove-BlockedConnector|Watched until/);
      const replyTexts = () => world.tenant.teams.replyTexts(card.activityId);
      const over = await until(() => replyTexts().find((text) => /The drill is over/.test(text)), {
        what: 'its times',
      });
      assert.match(over, /Acknowledged after .*Approved after .*Confirmed after/);
      assert.deepEqual(world.tenant.exchange.removals, []);
      assert.deepEqual(calls(/Remove-BlockedConnector|comments/), []);
      assert.doesNotMatch(await page('/metrics'), /decisions_total\{[^}]*confirm/);
    });
  }

  it('never hides a real restriction, and is not ended by a reading of Exchange', async () => {
    await begin();
    await started();
    world.tenant.exchange.restrict(REAL);
    const real = await cardShows(world.tenant, REAL, 'Restricted');
    assert.doesNotMatch(textOf(real.card), /DRILL/);
    assert.match(await page('/metrics'), /incidents_open\{state="restricted"\} 1\n/);
    const reads = calls(/Get-BlockedConnector/).length;
    await until(() => calls(/Get-BlockedConnector/).length > reads + 3, { what: 'three more readings' });
    await cardShows(world.tenant, 'DRILL', 'Restricted');
    await cardShows(world.tenant, REAL, 'Restricted');
  });

  it('runs one at a time, even when two people start it at the same time', async () => {
    await begin();
    const { erik, aoi } = world.tenant.people;
    const answers = await Promise.all([ask(erik, 'drill'), ask(aoi, '訓練')]);
    assert.equal(answers.filter((text) => /has started/.test(text)).length, 1, answers.join(' | '));
    assert.equal(answers.filter((text) => /is under way/.test(text)).length, 1, answers.join(' | '));
    await cardShows(world.tenant, 'DRILL', 'Restricted');
    assert.equal(incidentCards(world.tenant.teams).length, 1);
  });

  it('is ended by "drill stop", which leaves nothing open', async () => {
    await begin();
    const { aoi } = world.tenant.people;
    assert.match(await ask(aoi, 'drill stop'), /^No drill is under way/);
    await started();
    assert.match(await ask(aoi, '訓練 終了'), /is being ended/);
    const card = await cardShows(world.tenant, 'DRILL', 'Unblocked');
    const { teams } = world.tenant;
    const over = await until(() => teams.replyTexts(card.activityId).find((text) => /The drill is over/.test(text)), {
      what: 'the end of the drill in the thread',
    });
    assert.equal(over, 'The drill is over. Nobody acted on it.');
    assert.match(await ask(aoi, 'drill'), /has started/);
  });

  it('is started only by eligible people, and only in the admin channel', async () => {
    await begin();
    const { outsider, erik } = world.tenant.people;
    assert.match(await ask(outsider, 'drill'), /^Only members of the approver group/);
    const elsewhere = world.tenant.teams.team.channels.find(({ id }) => id !== world.tenant.teams.team.adminChannel.id);
    assert.match(await ask(erik, 'drill', elsewhere?.id), /^Start a drill in the admin channel/);
    await world.drain();
    assert.equal(incidentCards(world.tenant.teams).length, 0);
  });
});
