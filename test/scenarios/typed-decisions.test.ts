import assert from 'node:assert/strict';
import { cardShows } from '../demo/card-watch.ts';
import { cardsAtRest } from '../demo/cards-at-rest.ts';
import { attested, press } from '../demo/clicks.ts';
import type { Person } from '../tenant/people.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAMES = Array.from({ length: 20 }, (_, index) => `Relay Nara ${index + 1}`);
const REASON = 'The queue is clean again.';

describe('typed decisions', () => {
  let world: World;
  before(async () => {
    world = await startWorld({}, {}, ({ exchange }) => {
      for (const name of NAMES) exchange.addConnector(name);
    });
  });
  after(() => world.stop());

  let name: string;
  const unused = NAMES.values();
  beforeEach(async () => {
    const { value } = unused.next();
    assert.ok(value, 'more tests than connectors');
    name = value;
    await restricted(name);
  });
  /** Restricts a connector and waits until nothing more is found out about it, which would change what a code stands for. */
  async function restricted(which: string): Promise<void> {
    world.tenant.exchange.restrict(which, { alert: false });
    await cardShows(world.tenant, which, 'Restricted');
    await cardsAtRest(world.databaseUrl);
  }

  /** Sends a message and returns the bot's answer in the channel. */
  async function ask(person: Person, text: string, mention = true): Promise<string> {
    const message = await world.tenant.teams.say({ person, text, where: 'channel', mention, locale: 'en-US' });
    assert.equal(message.status, 200);
    const [reply] = world.tenant.teams.replies(message.activityId);
    return reply === undefined ? '' : world.tenant.teams.textOf(reply);
  }

  const codeIn = (text: string) => /\*\*(?:approve|confirm) ([0-9A-Z]{4})\*\*/.exec(text)?.[1] ?? assert.fail(text);
  const removals = () => world.tenant.exchange.removals.filter(({ connectorId }) => connectorId === idOf(name));
  const idOf = (wanted: string) => world.tenant.exchange.connectors().find((it) => it.Name === wanted)?.Guid;

  async function approveByTyping(person: Person): Promise<void> {
    const offer = await ask(person, `approve ${name}`);
    assert.match(await ask(person, `approve ${codeIn(offer)} ${REASON}`), /^You approved unblocking/);
    await cardShows(world.tenant, name, 'Waiting');
  }

  async function waitingCode(): Promise<string> {
    const card = await cardShows(world.tenant, name, 'Waiting');
    const replies = () => world.tenant.teams.replyTexts(card.activityId);
    const reply = await until(() => replies().findLast((text) => /confirm [0-9A-Z]{4}/.test(text)), {
      what: 'a reply with the code',
    });
    return codeIn(reply);
  }

  it('unblock a connector without a single button', async () => {
    const { erik, aoi } = world.tenant.people;
    await approveByTyping(erik);
    assert.match(await ask(aoi, `CONFIRM ${(await waitingCode()).toLowerCase()}.`), /^You confirmed unblocking/);
    await cardShows(world.tenant, name, 'Unblocked');
    assert.equal(removals().length, 1);
    assert.match(removals()[0]?.reason ?? '', new RegExp(`${erik.displayName}.*${aoi.displayName}`, 's'));
  });

  it('show what to check before an approval, and do nothing until its code is typed', async () => {
    const { erik } = world.tenant.people;
    const offer = await ask(erik, `Approve ${name.toUpperCase()} it was a test run`);
    assert.match(offer, /check each of these:/);
    assert.match(offer, /approve [0-9A-Z]{4}\*\* it was a test run/);
    await world.drain();
    await cardShows(world.tenant, name, 'Restricted');
  });

  it('refuse an approval with a code shown to another person, or before the incident changed', async () => {
    const { erik, aoi } = world.tenant.people;
    const code = codeIn(await ask(erik, `approve ${name}`));
    assert.match(await ask(aoi, `approve ${code} ${REASON}`), /does not stand for anything you can approve/);
    const card = await cardShows(world.tenant, name, 'Restricted');
    await press(world.tenant, aoi, card, { verb: 'acknowledge' });
    assert.match(await ask(erik, `approve ${code} ${REASON}`), /the incident changed/);
    await cardShows(world.tenant, name, 'Restricted');
  });

  it('refuse an approval without a reason, and accept it with the same code and a reason', async () => {
    const { erik } = world.tenant.people;
    const code = codeIn(await ask(erik, `approve ${name}`));
    assert.match(await ask(erik, `approve ${code}`), /^Give a reason/);
    await world.drain();
    assert.match(await ask(erik, `approve ${code} ${REASON}`), /^You approved unblocking/);
  });

  it('refuse a confirmation by the approver, and by a person who is not eligible', async () => {
    const { erik, outsider, guest } = world.tenant.people;
    await approveByTyping(erik);
    const code = await waitingCode();
    assert.match(await ask(erik, `confirm ${code}`), /^You approved this yourself/);
    assert.match(await ask(outsider, `confirm ${code}`), /^You are not in the approver group/);
    assert.match(await ask(guest, `confirm ${code}`), /^Guests cannot approve or confirm/);
    await world.drain();
    assert.equal(removals().length, 0);
    await cardShows(world.tenant, name, 'Waiting');
  });

  it('unblock once, however often and in whatever way the confirmation arrives at the same time', async () => {
    const { erik, aoi, nested } = world.tenant.people;
    await approveByTyping(erik);
    const code = await waitingCode();
    const { activityId } = await cardShows(world.tenant, name, 'Waiting');
    const answers = await Promise.all([
      ask(aoi, `confirm ${code}`),
      ask(aoi, `最終承認 ${code}`),
      ask(nested, `confirm ${code}`),
      world.tenant.teams.click({ person: nested, activityId, verb: 'confirm' }),
    ]);
    assert.ok(answers.every((answer) => answer !== ''));
    await cardShows(world.tenant, name, 'Unblocked');
    assert.equal(removals().length, 1);
  });

  it('refuse to reject, withdraw and ask where a button would be refused', async () => {
    const { erik, aoi, outsider, disabled } = world.tenant.people;
    await approveByTyping(erik);
    const code = await waitingCode();
    assert.match(await ask(erik, `reject ${code}`), /^This is your own approval/);
    assert.match(await ask(erik, `ask ${code} why?`), /^You approved this yourself/);
    assert.match(await ask(aoi, `withdraw ${code}`), new RegExp(`^Only ${erik.displayName} can withdraw`));
    for (const typed of [`reject ${code} no`, `withdraw ${code}`, `ask ${code} why?`, `confirm ${code}`]) {
      assert.match(await ask(outsider, typed), /^You are not in the approver group/, typed);
      assert.match(await ask(disabled, typed), /^Your account is disabled in Entra/, typed);
    }
    assert.equal(removals().length, 0);
    await cardShows(world.tenant, name, 'Waiting');
  });

  it('refuse a confirmation while Graph does not respond, and accept it afterwards', async () => {
    const { erik, aoi } = world.tenant.people;
    const { faults } = world.tenant;
    await approveByTyping(erik);
    const code = await waitingCode();
    faults.add({ service: 'graph', match: 'checkMemberGroups', kind: 'unavailable', times: 'until-cleared' });
    const refused = await ask(aoi, `confirm ${code}`);
    faults.clear();
    assert.doesNotMatch(refused, /^You confirmed/);
    await cardShows(world.tenant, name, 'Waiting');
    assert.match(await ask(aoi, `confirm ${code}`), /^You confirmed unblocking/);
    await cardShows(world.tenant, name, 'Unblocked');
  });

  it('unblock the connector of the code and no other', async () => {
    const { erik, aoi } = world.tenant.people;
    await approveByTyping(erik);
    const { value: other } = unused.next();
    assert.ok(other);
    await restricted(other);
    const offer = await ask(erik, `approve ${other}`);
    await ask(erik, `approve ${codeIn(offer)} ${REASON}`);
    await cardShows(world.tenant, other, 'Waiting');
    await ask(aoi, `confirm ${await waitingCode()} for ${other}`);
    await cardShows(world.tenant, name, 'Unblocked');
    await cardShows(world.tenant, other, 'Waiting');
    assert.ok(world.tenant.exchange.removals.every(({ connectorId }) => connectorId !== idOf(other)));
  });

  it('cannot confirm a later approval with the code of one that has ended', async () => {
    const { erik, aoi } = world.tenant.people;
    await approveByTyping(erik);
    const old = await waitingCode();
    assert.match(await ask(erik, `withdraw ${old}`), /withdrew|taken back/i);
    await cardShows(world.tenant, name, 'Restricted');
    await approveByTyping(erik);
    assert.match(await ask(aoi, `confirm ${old}`), new RegExp(`No waiting approval has the code ${old}`));
    assert.equal(removals().length, 0);
  });

  it('reject with a reason, in Japanese too', async () => {
    const { erik, aoi } = world.tenant.people;
    await approveByTyping(erik);
    const code = await waitingCode();
    assert.match(await ask(aoi, `却下 ${code} 送信量がまだ多い`), /^You rejected the approval/);
    const card = await cardShows(world.tenant, name, 'Restricted');
    assert.match(JSON.stringify(card.card), /送信量がまだ多い/);
  });

  it('list the waiting approvals and what can be approved when no code is given', async () => {
    const { erik, aoi } = world.tenant.people;
    assert.match(await ask(aoi, 'approve'), new RegExp(`These connectors are restricted.*${name}: restricted`, 's'));
    assert.match(await ask(aoi, `unblock ${name.slice(0, -2)}`), /Did you mean/);
    await approveByTyping(erik);
    assert.match(await ask(aoi, 'confirm'), new RegExp(`confirm ${await waitingCode()}\\*\\* for ${name}`));
  });

  it('answer a name that is misspelled or not restricted with what is restricted', async () => {
    const { erik } = world.tenant.people;
    const typed = `Rlay ${name.slice('Relay '.length)}`;
    assert.match(
      await ask(erik, `unblock ${typed}`),
      new RegExp(`^No restricted connector is called "${typed}"\\. Did you mean: ${name}\\b`),
    );
    const listed = await ask(erik, 'unblock Partner EDI');
    assert.match(listed, /^No restricted connector is called "Partner EDI"\.\n\nThese connectors are restricted/);
  });

  it('are not triggered by conversation between people', async () => {
    const { erik } = world.tenant.people;
    assert.equal(await ask(erik, 'approve it, please', false), '');
    assert.equal(await ask(erik, 'confirm', false), '');
    const offer = await ask(erik, `approve ${name}`, false);
    assert.match(offer, /check each of these:/);
  });

  it('treat a button that arrives as a message as that button', async () => {
    const { erik, aoi, outsider } = world.tenant.people;
    const { teams } = world.tenant;
    const card = await cardShows(world.tenant, name, 'Restricted');
    const { activityId } = card;
    const replyTexts = () => teams.replyTexts(activityId);
    await teams.submit({ person: outsider, activityId, verb: 'approve', inputs: attested(card, REASON) });
    assert.match(replyTexts().at(-1) ?? '', /^You are not in the approver group/);
    await teams.submit({ person: erik, activityId, verb: 'approve', inputs: attested(card, REASON), locale: 'en-US' });
    await cardShows(world.tenant, name, 'Waiting');
    await teams.submit({ person: erik, activityId, verb: 'confirm' });
    assert.equal(removals().length, 0);
    const twice = { person: aoi, activityId, verb: 'confirm', id: 'f:submitted-once' } as const;
    await Promise.all([teams.submit(twice), teams.submit(twice)]);
    await cardShows(world.tenant, name, 'Unblocked');
    assert.equal(removals().length, 1);
  });
});
