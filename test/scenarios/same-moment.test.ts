import assert from 'node:assert/strict';
import { verifyAudit } from '../../src/audit/verify.ts';
import { openForReading } from '../../src/storage/database.ts';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { attested, sentenceIn } from '../demo/clicks.ts';
import { DUELS, type Duel, winnerOf } from '../demo/duels.ts';
import { type CardJson, cardIn } from '../tenant/activity.ts';
import type { Person } from '../tenant/people.ts';
import { type ChatMessage, latestOf } from '../tenant/teams-conversations.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

/** Every duel, in both orders. Set SAME_MOMENT_ROUNDS=100 for more. */
const ROUNDS = Number(process.env.SAME_MOMENT_ROUNDS ?? 2 * DUELS.length);
/** How many connectors are restricted and decided on at a time. */
const ABREAST = 5;
type Card = { readonly activityId: string; readonly card: CardJson };

const NAMES = Array.from({ length: ROUNDS }, (_, round) => `Relay no. ${String(round).padStart(3, '0')}.`);
const REASON = 'The queue is clean again.';

describeOnBothDatabases('two simultaneous clicks of two admins', (fresh) => {
  let world: World;
  let databaseUrl: string;
  before(async () => {
    databaseUrl = await fresh();
    world = await startWorld({ DATABASE_URL: databaseUrl }, {}, ({ exchange }) => {
      for (const name of NAMES) exchange.addConnector(name);
    });
  });
  after(() => world.stop());

  /** Waits for a card with this headline by its summary, which is cheaper to read than a hundred cards. */
  function shows(name: string, headline: string): Promise<Card> {
    const { teams } = world.tenant;
    const ofName = () =>
      teams.messages(teams.team.adminChannel.id).findLast((message) => summaryOf(message).startsWith(`${name}: `));
    const latestCard = () => {
      const message = ofName();
      const card = message === undefined ? undefined : cardIn(latestOf(message));
      const stands = message !== undefined && summaryOf(message).includes(`: ${headline}`);
      return stands && card !== undefined && { activityId: message.id, card };
    };
    return until(latestCard, { timeoutMs: 120_000, everyMs: 25, what: `${name} is ${headline}` });
  }

  async function press(person: Person, { activityId, card }: Card, verb: string): Promise<string> {
    const inputs = verb === 'approve' ? { inputs: attested({ card }, REASON) } : {};
    return sentenceIn(await world.tenant.teams.click({ person, activityId, verb, locale: 'en-US', ...inputs }));
  }

  /** Pairs click one after another: so many clicks at once that each is answered late would be another test. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = turn.then(act);
    turn = mine.catch(() => undefined);
    return mine;
  }

  /** Lets both people click once. Returns the verb that took effect. */
  async function fight(name: string, [one, other]: Duel, swapped: boolean): Promise<string> {
    const { erik, aoi, nested } = world.tenant.people;
    const { connectorId } = world.tenant.exchange.restrict(name);
    let card = await shows(name, 'Restricted');
    if (one !== 'approve') {
      const shown = card;
      await inTurn(() => press(erik, shown, 'approve'));
      card = await shows(name, 'Waiting');
    }
    const presses = [
      { verb: one, person: aoi },
      { verb: other, person: other === 'withdraw' ? erik : nested },
    ];
    const inOrder = swapped ? presses.toReversed() : presses;
    const pressed = async ({ verb, person }: (typeof presses)[number]) => {
      return { verb, by: person.displayName, sentence: await press(person, card, verb) };
    };
    const outcomes = await inTurn(() => Promise.all(inOrder.map(pressed)));
    const winner = winnerOf(outcomes);
    await shows(name, STANDS[winner.verb]);
    const removals = world.tenant.exchange.removals.filter((removal) => removal.connectorId === connectorId).length;
    assert.equal(removals, winner.verb === 'confirm' ? 1 : 0, name);
    return winner.verb;
  }

  it(`have one effect and two correct responses, in ${ROUNDS} rounds`, async () => {
    const wins = new Map<string, number>();
    for (let first = 0; first < ROUNDS; first += ABREAST) {
      const rounds = [...NAMES.entries()].slice(first, first + ABREAST);
      const fights = rounds.map(async ([round, name]) => {
        const duel = DUELS[round % DUELS.length];
        assert.ok(duel);
        const winner = await fight(name, duel, round % 4 > 1);
        wins.set(winner, (wins.get(winner) ?? 0) + 1);
      });
      await Promise.all(fights);
      for (const [, name] of rounds) world.tenant.exchange.unblockInPortal(name);
    }
    assert.equal(
      [...wins.values()].reduce((sum, count) => sum + count, 0),
      ROUNDS,
    );
    const { db, close } = openForReading(databaseUrl);
    const confirmed = await db.selectFrom('audit').select('seq').where('action', '=', 'confirm').execute();
    const verdict = await verifyAudit(db);
    await close();
    assert.equal(confirmed.length, wins.get('confirm'));
    assert.equal(verdict.kind, 'intact', JSON.stringify(verdict));
  });
});

const STANDS = { approve: 'Waiting', confirm: 'Unblocked', reject: 'Restricted', withdraw: 'Restricted' } as const;

function summaryOf(message: ChatMessage): string {
  return String(latestOf(message).summary);
}
