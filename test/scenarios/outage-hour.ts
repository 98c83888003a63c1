import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openForReading } from '../../src/storage/database.ts';
import { copyMigrated } from '../databases/migrated-file.ts';
import { ask } from '../demo/clicks.ts';
import type { Service } from '../tenant/faults.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const MINUTE = 60_000;

/** Starts a world whose hours pass in seconds: the service and the tenant share a clock that can be moved forward. */
export async function startTimedWorld(
  settings: Readonly<Record<string, string>> = {},
  prepare: Parameters<typeof startWorld>[2] = () => {},
  outside: Parameters<typeof startWorld>[1] = {},
  tenantOptions: Parameters<typeof startWorld>[3] = {},
) {
  let ahead = 0;
  let behind = 0;
  const clock = () => Date.now() + ahead;
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  const DATABASE_URL = await copyMigrated(join(folder, 'incidents.sqlite'));
  const hourly = { DATABASE_URL, POLL_SECONDS: '60', REMINDERS: 'off', ...settings };
  // Between two attempts of a call, and wherever else the service pauses, time passes on the clock alone.
  const pause = async (ms: number) => {
    ahead += ms;
  };
  const world = await startWorld(hourly, { clock, pause, ...outside }, prepare, {
    now: () => clock() - behind,
    ...tenantOptions,
  });
  const { db, close } = openForReading(DATABASE_URL);

  /** Waits until all due jobs have ended or are postponed. */
  async function settle(): Promise<void> {
    const idle = async () => {
      const jobs = await db.selectFrom('jobs').selectAll().execute();
      return jobs.every(({ state, run_at }) => state === 'dead' || (state === 'waiting' && run_at > clock()));
    };
    await world.drain();
    await until(idle, { what: 'the jobs that are due' });
  }

  /** Advances the clock by minutes in steps, and runs all jobs that become due in each step. */
  async function pass(minutes: number, step = 10): Promise<void> {
    for (let left = minutes; left > 0; left -= step) {
      ahead += Math.min(step, left) * MINUTE;
      await settle();
    }
  }

  /** Sets Microsoft's clock back by this many ms. */
  function setBack(ms: number): void {
    behind = ms;
  }

  return { ...world, databaseUrl: DATABASE_URL, world, db, clock, settle, pass, setBack, ...observe(world), stop };

  async function stop(): Promise<void> {
    await close();
    await world.stop();
    await rm(folder, { recursive: true });
  }
}

/** Returns what people and operators see of an outage. */
function observe({ tenant, log, url }: World) {
  const { teams, people, faults, record } = tenant;
  const page = async (path: string) => (await fetch(`${url}${path}`)).text();
  return {
    /** The notices about outages in the channel, oldest first. */
    notices: () =>
      teams
        .channelTexts()
        .filter((text) => /has not answered|no complete answer|answers again|応答していません|回復しました/.test(text)),
    status: () => ask(tenant, { person: people.erik, text: 'status connectors' }),
    page,
    /** Makes a service unreachable until it is released. */
    away: (service: Service, kind: 'unavailable' | 'reset' = 'unavailable') =>
      faults.add({ service, kind, times: 'until-cleared' }),
    calls: (service: Service) => record.filter((request) => request.service === service).length,
    logged: (words: RegExp) => log.filter(({ msg }) => words.test(String(msg))),
  };
}

export type TimedWorld = Awaited<ReturnType<typeof startTimedWorld>>;
