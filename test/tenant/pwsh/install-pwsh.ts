import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandIn } from '../../run/stand-in.ts';
import type { Tenant } from '../tenant.ts';
import { until } from '../until.ts';
import { type Machine, runPwsh } from './pwsh.ts';
import type { Run, State } from './state.ts';

/** A machine with a simulated PowerShell. */
export type InstalledPwsh = {
  /** The service's settings: the mode, and where PowerShell is. */
  readonly env: Readonly<Record<string, string>>;
  set(changes: Partial<State>): void;
  /** Every start of the process so far. */
  readonly runs: readonly Run[];
  /** Resolves when a process hangs. */
  hangs(): Promise<unknown>;
  remove(): Promise<void>;
};

export async function installPwsh({ env: tenant }: Pick<Tenant, 'env'>): Promise<InstalledPwsh> {
  const machine: Machine = {
    state: {
      powershell: '7.4.6',
      module: '3.9.0',
      organization: 'simulated.example',
      environment: 'O365Default',
      exchange: tenant.EXCHANGE_ENDPOINT ?? '',
      tenantId: tenant.TENANT_ID ?? '',
      misbehaviours: [],
    },
    runs: [],
    hangs: false,
  };
  const standIn = await startStandIn((start, doing) => runPwsh(machine, start, doing));
  const folder = await mkdtemp(join(tmpdir(), 'simulated-pwsh-'));
  const path = join(folder, 'pwsh');
  await standIn.install(path, 'input');
  return {
    env: { UNBLOCK_MODE: 'powershell', PWSH_PATH: path },
    set(changes) {
      machine.state = { ...machine.state, ...changes };
    },
    runs: machine.runs,
    hangs: () => until(() => machine.hangs, { what: 'a PowerShell that hangs' }),
    async remove() {
      await standIn.stop();
      await rm(folder, { recursive: true });
    },
  };
}
