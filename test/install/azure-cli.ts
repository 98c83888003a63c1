import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { childEnv } from '../run/child-env.ts';
import { startStandIn } from '../run/stand-in.ts';
import { type AzureIds, type AzureState, answerOfAz, emptyAzure } from './azure.ts';

export type AzureCli = {
  /** Contains the program `az`. */
  readonly folder: string;
  /** The environment in which a script finds that `az` first. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What there is now. */
  state(): AzureState;
  /** The arguments of every call, oldest first. */
  readonly calls: readonly (readonly string[])[];
  /** Begins again with nothing in Azure; Graph does not know a new identity this many times. */
  empty(unknown?: number): void;
  stop(): Promise<void>;
};

const DOES_NOT_EXIST = 3;

/** Puts a program in place of Azure CLI, which remembers what it created. */
export async function startAzureCli(ids: AzureIds = {}): Promise<AzureCli> {
  let state = emptyAzure();
  const calls: (readonly string[])[] = [];
  const standIn = await startStandIn(async ({ args }, { write }) => {
    calls.push(args);
    const output = answerOfAz(state, ids, args);
    if (output === null) return DOES_NOT_EXIST;
    await write(`${output}\n`);
    return 0;
  });
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  await standIn.install(join(folder, 'az'));
  return {
    folder,
    env: { ...childEnv(), PATH: [folder, process.env.PATH].join(delimiter) },
    state: () => state,
    calls,
    empty(unknown) {
      state = emptyAzure(unknown);
    },
    async stop() {
      await standIn.stop();
      await rm(folder, { recursive: true });
    },
  };
}
