import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { childEnv } from '../run/child-env.ts';
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

/** Where the real one exits when the thing does not exist. */
const DOES_NOT_EXIST = 3;

/** Puts a program in place of Azure CLI. A script calls it up to a hundred times, so it only passes its arguments on to this process. */
export async function startAzureCli(ids: AzureIds = {}): Promise<AzureCli> {
  let state = emptyAzure();
  const calls: (readonly string[])[] = [];
  const server = createServer((socket) => {
    onArguments(socket, (args) => {
      calls.push(args);
      const output = answerOfAz(state, ids, args);
      socket.end(output === null ? `${DOES_NOT_EXIST}\n` : `0\n${output}\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const folder = await mkdtemp(join(tmpdir(), 'connector-guard-'));
  await writeFile(join(folder, 'az'), program((server.address() as AddressInfo).port));
  await chmod(join(folder, 'az'), 0o755);
  return {
    folder,
    env: { ...childEnv(), PATH: [folder, process.env.PATH].join(delimiter) },
    state: () => state,
    calls,
    empty(unknown) {
      state = emptyAzure(unknown);
    },
    async stop() {
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Sends the number of arguments and each of them, which end with a zero byte, and receives the exit code in a line and the output. */
function program(port: number): string {
  return `#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' "$#" "$@" >&3
IFS= read -r code <&3
IFS= read -rd '' output <&3
printf '%s' "$output"
exit "$code"
`;
}

function onArguments(socket: Socket, carryOut: (args: readonly string[]) => void): void {
  let received = '';
  socket.setEncoding('utf8').on('data', (text) => {
    received += text;
    const [count, ...args] = received.split('\0').slice(0, -1);
    if (count !== undefined && args.length === Number(count)) carryOut(args);
  });
}
