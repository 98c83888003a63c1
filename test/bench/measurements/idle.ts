import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { startTenant, type Tenant } from '../../tenant/tenant.ts';
import { startBare } from '../bare-bot.ts';
import { type Program, startProgram } from '../baselines/program.ts';
import { startService } from '../baselines/service.ts';
import { median } from '../measure.ts';
import type { Measurement } from '../measurement.ts';
import { warnOfVariation } from '../side-by-side.ts';

const ROUNDS_FOR_ONE = 20;
const SETTLE_MS = 5_000;

type Boot = { readonly startMs: number; readonly memory: number };

/** Measures starting and idling, compared with the libraries alone; both get the options that `npm start` passes to Node. */
export const idle: Measurement = async ({ rounds }) => {
  const tenant = await startTenant();
  const programs = {
    service: () => startOnEmpty(tenant),
    bare: () => startBare(tenant),
    libraries: () => startProgram(new URL('../baselines/libraries.ts', import.meta.url)),
  };
  const boots = { service: [] as Boot[], bare: [] as Boot[], libraries: [] as Boot[] };
  try {
    // The first round, which compiles, does not count.
    for (let round = -1; round < Math.ceil(rounds / ROUNDS_FOR_ONE); round += 1) {
      for (const name of ['service', 'bare', 'libraries'] as const) {
        const boot = await bootOf(programs[name]);
        if (round >= 0) boots[name].push(boot);
      }
    }
  } finally {
    await tenant.stop();
  }
  const of = (name: keyof typeof boots, key: keyof Boot) => boots[name].map((boot) => boot[key]);
  warnOfVariation('starting', of('libraries', 'startMs'));
  return [
    {
      name: 'start to listening',
      unit: 'ms',
      sample: of('service', 'startMs'),
      baseline: { name: 'loading the same libraries', value: median(of('libraries', 'startMs')) },
    },
    {
      name: 'idle memory',
      unit: 'MB',
      sample: of('service', 'memory'),
      baseline: { name: 'bare restify and teams-ai', value: median(of('bare', 'memory')) },
    },
    {
      name: 'idle memory',
      unit: 'MB',
      sample: of('service', 'memory'),
      baseline: { name: 'the same libraries, loaded', value: median(of('libraries', 'memory')) },
    },
  ];
};

async function bootOf(start: () => Promise<Program>): Promise<Boot> {
  await using program = await start();
  await rest(SETTLE_MS);
  return { startMs: program.startMs, memory: await program.memory() };
}

async function startOnEmpty(tenant: Tenant): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-bench-'));
  const program = await startService(tenant, folder);
  const stop = async () => {
    await program.end();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...program, [Symbol.asyncDispose]: stop };
}
