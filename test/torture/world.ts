import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresServer } from '../databases/postgres-server.ts';
import { freePort } from '../network/free-port.ts';
import { startTenant, type Tenant } from '../tenant/tenant.ts';
import type { Notice, Press } from './evidence.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import { createReplica, type Replica } from './replica.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';

/** The clock of one replica, which a trial can set. */
type MovableClock = { readonly offsetMs: () => number; move(offsetMs: number): void };

/** One trial's tenant, service and database, and the record of what was sent to the service. */
export type World = {
  readonly plan: Plan;
  readonly tenant: Tenant;
  readonly replicas: readonly Replica[];
  readonly clocks: readonly MovableClock[];
  readonly disk: SmallDisk | undefined;
  readonly postgres: PostgresServer | undefined;
  readonly databaseUrl: string;
  readonly notificationSecret: string;
  readonly secrets: readonly string[];
  /** Holds the database, the logs and the clocks of this trial. */
  readonly folder: string;
  readonly presses: Press[];
  readonly notices: Notice[];
  kills: number;
  /** How many faults other than kills were injected. */
  otherFaults: number;
  /** True once no more faults are injected and people only do what is asked of them. */
  calm: boolean;
  /** Routes the tenant's next requests to a random replica. */
  turnTo(random: Random): void;
  stop(): Promise<void>;
};

/** Sets up a trial and starts its replicas; they may not be ready yet. */
export async function openWorld(plan: Plan, postgres: PostgresServer | undefined): Promise<World> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-torture-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const tenant = await startTenant({ locale: 'en-US' });
  opened.defer(tenant.stop);
  tenant.exchange.unblockLag.ms = plan.unblockLagMs;
  tenant.defender.subscriptions.granted = plan.pushed;
  const disk = plan.troubles.includes('disk') ? await openSmallDisk(join(folder, 'disk')) : undefined;
  if (disk !== undefined) opened.defer(disk.close);
  const password = randomBytes(12).toString('hex');
  const databaseUrl = await freshDatabase(folder, postgres, password);
  const notificationSecret = randomBytes(16).toString('hex');
  const clocks = Array.from({ length: plan.replicas }, (_, index) => createClock(clockFile(folder, index)));
  const ports = await Promise.all(clocks.map(freePort));
  const settings = {
    ...tenant.env,
    LOG_LEVEL: 'info',
    DATABASE_URL: databaseUrl,
    POLL_SECONDS: String(plan.pollSeconds),
    CONFIRM_WITHIN_SECONDS: String(plan.confirmWithinSeconds),
    VERIFY_WITHIN_SECONDS: String(plan.verifyWithinSeconds),
    PUBLIC_URL: `http://127.0.0.1:${ports[0]}`,
    NOTIFICATION_SECRET: notificationSecret,
  };
  const replicas = ports.map((port, index) =>
    createReplica({
      ...{ name: `replica-${index + 1}`, port, folder, settings, clockFile: clockFile(folder, index) },
      wrap: disk?.limit,
    }),
  );
  opened.defer(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
  });
  for (const replica of replicas) replica.start();
  tenant.connectBot(replicas[0]?.url ?? '');
  const all = opened.move();
  return {
    ...{ plan, tenant, replicas, clocks, disk, postgres, databaseUrl, notificationSecret, folder },
    secrets: [notificationSecret, password, tenant.env.IDENTITY_HEADER ?? ''],
    presses: [],
    notices: [],
    kills: 0,
    otherFaults: 0,
    calm: false,
    turnTo: (random) => tenant.connectBot(random.pick(replicas).url),
    stop: () => all.disposeAsync(),
  };
}

/** The server does not ask for the password; it is set so that a log that contains it is noticed. */
async function freshDatabase(folder: string, postgres: PostgresServer | undefined, password: string): Promise<string> {
  if (postgres !== undefined) return (await postgres.createDatabase()).replace('@', `:${password}@`);
  await mkdir(join(folder, 'disk'), { recursive: true });
  return `file:${join(folder, 'disk', 'incidents.sqlite')}`;
}

function clockFile(folder: string, index: number): string {
  return join(folder, `clock-${index + 1}`);
}

function createClock(file: string): MovableClock {
  let offset = 0;
  writeFileSync(file, '0');
  return {
    offsetMs: () => offset,
    move(offsetMs) {
      offset = offsetMs;
      writeFileSync(file, String(offsetMs));
    },
  };
}
