import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tenant } from '../tenant.ts';
import { until } from '../until.ts';
import { type Run, runSchema, type State } from './state.ts';

/** A machine with a simulated PowerShell. */
export type InstalledPwsh = {
  /** The service's settings: the mode, and where PowerShell is. */
  readonly env: Readonly<Record<string, string>>;
  set(changes: Partial<State>): Promise<void>;
  /** Returns every start of the process so far. */
  runs(): Promise<readonly Run[]>;
  /** Resolves when a process hangs. */
  hangs(): Promise<unknown>;
  remove(): Promise<void>;
};

const PROGRAM = fileURLToPath(new URL('./pwsh.ts', import.meta.url));

export async function installPwsh({ env: tenant }: Pick<Tenant, 'env'>): Promise<InstalledPwsh> {
  const folder = await mkdtemp(join(tmpdir(), 'simulated-pwsh-'));
  const path = join(folder, 'pwsh');
  const cache = process.env.NODE_COMPILE_CACHE;
  const quicker = cache === undefined ? '' : `NODE_COMPILE_CACHE='${cache}' `;
  await writeFile(path, `#!/bin/sh\n${quicker}exec '${process.execPath}' '${PROGRAM}' '${folder}' "$@"\n`);
  await chmod(path, 0o755);
  let state: State = {
    powershell: '7.4.6',
    module: '3.9.0',
    organization: 'simulated.example',
    environment: 'O365Default',
    exchange: tenant.EXCHANGE_ENDPOINT ?? '',
    tenantId: tenant.TENANT_ID ?? '',
    misbehaviours: [],
  };
  const set: InstalledPwsh['set'] = async (changes) => {
    state = { ...state, ...changes };
    await writeFile(join(folder, 'state.json'), JSON.stringify(state));
  };
  await set({});
  return {
    env: { UNBLOCK_MODE: 'powershell', PWSH_PATH: path },
    set,
    async runs() {
      const lines = await readFile(join(folder, 'runs.jsonl'), 'utf8').catch(() => '');
      return lines
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => runSchema.parse(JSON.parse(line)));
    },
    hangs: () => until(() => existsSync(join(folder, 'hangs')), { what: 'a PowerShell that hangs' }),
    remove: () => rm(folder, { recursive: true }),
  };
}
