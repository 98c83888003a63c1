import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { openForReading } from '../../src/storage/database.ts';
import { readTrail } from '../../src/storage/trail.ts';
import { cardShows } from '../demo/card-watch.ts';
import { ask, attested, press } from '../demo/clicks.ts';
import { childEnv } from '../run/child-env.ts';
import type { ShownCard } from '../tenant/teams-conversations.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

export const NAME = 'Relay Otsu';
export const OTHER = 'Relay Tsu';
/** Matches the refusal of an unblock with a broken trail. */
export const REFUSED =
  /audit trail is no longer what it was from entry 2 on.*see the runbook, “The audit trail is broken”/;
const REASON = 'The printer is off the network.';
/** How `execFile` tells of a command that ended with another code than 0. */
const outcomeSchema = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });
const MAIN = fileURLToPath(new URL('../../src/audit/main.ts', import.meta.url));

/** Sets up a world for every test of the calling block, and returns what its tests do and observe. */
export function trailWorld(fresh: () => Promise<string>) {
  let world: World;
  let databaseUrl: string;
  /** How far the service's clock is ahead, ms. */
  let ahead: number;

  beforeEach(async () => {
    ahead = 0;
    databaseUrl = await fresh();
  });
  afterEach(() => world.stop());

  async function begin(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const outside = { clock: () => Date.now() + ahead };
    world = await startWorld({ DATABASE_URL: databaseUrl, ...settings }, outside, ({ exchange }) => {
      exchange.addConnector(NAME);
      exchange.addConnector(OTHER);
    });
  }
  async function restricted(name = NAME): Promise<ShownCard> {
    world.tenant.exchange.restrict(name);
    return cardShows(world.tenant, name, 'Restricted');
  }
  const approve = (card: ShownCard) =>
    press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, REASON) });
  async function unblocked(name = NAME): Promise<void> {
    const card = await restricted(name);
    await approve(card);
    const waiting = await cardShows(world.tenant, name, 'Waiting');
    await press(world.tenant, world.tenant.people.aoi, waiting, { verb: 'confirm' });
    await cardShows(world.tenant, name, 'Unblocked');
  }
  /** The notices about the trail in the channel, oldest first. */
  const notices = () =>
    world.tenant.teams.channelTexts().filter((text) => /audit trail|Guards of the database|監査証跡/.test(text));
  const notice = (words: RegExp) =>
    until(() => notices().find((text) => words.test(text)), { what: `a notice like ${words}` });
  const removals = () => world.tenant.calls('Remove-BlockedConnector').length;

  async function read<T>(query: (db: ReturnType<typeof openForReading>['db']) => Promise<T>): Promise<T> {
    const { db, close } = openForReading(databaseUrl);
    return query(db).finally(close);
  }
  /** Waits for a check that began after this call. */
  async function checked(): Promise<void> {
    await firstCheck();
    const before = await read((db) => readTrail(db));
    ahead += 25 * 3_600_000;
    const isDone = async () => ((await read(readTrail)).checkedAt ?? 0) > (before.checkedAt ?? 0) + 3_600_000;
    await until(isDone, { what: 'a check of the trail' });
  }
  const firstCheck = () => until(async () => (await read(readTrail)).checkedAt !== null, { what: 'the first check' });
  /** The service is in this process and may hold a lock that the command waits for, so it must go on meanwhile. */
  async function audit(...words: readonly string[]) {
    const env = { ...childEnv(), DATABASE_URL: databaseUrl };
    const ended = promisify(execFile)(process.execPath, [MAIN, ...words], { env });
    const { code, stdout, stderr } = await ended.then(
      (it) => ({ ...it, code: 0 }),
      (error) => outcomeSchema.parse(error),
    );
    return { status: code, text: `${stdout}${stderr}` };
  }
  const decision = ['accept', '--by', 'Chie Ono', '--because', 'We restored half a backup.'] as const;
  async function accepted(): Promise<void> {
    const { status, text } = await audit(...decision);
    assert.equal(status, 0, text);
    await notice(/accepted as it is by Chie Ono/);
  }
  const metric = async () => {
    const page = await (await fetch(`${world.url}/metrics`)).text();
    return /^connector_guard_audit_trail_intact (\S+)$/m.exec(page)?.[1];
  };
  const status = () => ask(world.tenant, { person: world.tenant.people.erik, text: 'status connectors' });

  return {
    world: () => world,
    databaseUrl: () => databaseUrl,
    /** Moves the service's clock forward, ms. */
    advance(ms: number) {
      ahead += ms;
    },
    decision,
    begin,
    restricted,
    approve,
    unblocked,
    notices,
    notice,
    removals,
    read,
    checked,
    firstCheck,
    audit,
    accepted,
    metric,
    status,
  };
}
