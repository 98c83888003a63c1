import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** How a program was started. */
export type Start = {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Its standard input; empty unless it reads it. */
  readonly input: string;
};

/** What a started program does before it exits. Each resolves when the program has done it, or was killed. */
export type Doing = {
  write(text: string): Promise<void>;
  writeError(text: string): Promise<void>;
  /** Starts a child that is in no process group of ours and keeps the standard output open for five seconds. */
  leaveChild(): Promise<void>;
  /** Aborted when the program has exited, or was killed. */
  readonly ended: AbortSignal;
};

export type StandIn = {
  /** Writes the text of the program, which reads all of its standard input first if it is told so. */
  install(path: string, reads?: 'input'): Promise<void>;
  stop(): Promise<void>;
};

type Run = (start: Start, doing: Doing) => number | Promise<number>;

/**
 * Puts a program in place of another one, of which tests start hundreds. `run` carries it out in this process and returns its
 * exit code; the program itself is a few lines of bash, which start in a tenth of the time of Node.
 */
export async function startStandIn(run: Run): Promise<StandIn> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    carryOut(socket, run);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    async install(path, reads) {
      await writeFile(path, program(port, reads));
      await chmod(path, 0o755);
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What the program does at each kind of step that it receives. A step ends with a zero byte and is answered with a dot. */
const STEPS = {
  o: `printf '%s' "\${step:1}"`,
  e: `printf '%s' "\${step:1}" >&2`,
  // With job control a child has a process group of its own.
  c: 'set -m; sleep 5 3>&- &',
  x: 'exit "${step:1}"',
};

/** Sends the number of arguments, the arguments, the environment and the input, each with a zero byte after it. */
function program(port: number, reads: 'input' | undefined): string {
  const cases = Object.entries(STEPS).map(([kind, command]) => `    ${kind}*) ${command} ;;`);
  return `#!/usr/bin/env bash
input=''
${reads === undefined ? '' : "IFS= read -rd '' input"}
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' "$#" "$@" "$(env)" "$input" >&3
while IFS= read -rd '' step <&3; do
  case $step in
${cases.join('\n')}
  esac
  printf . >&3
done
exit 1
`;
}

function carryOut(socket: Socket, run: Run): void {
  const ended = new AbortController();
  const undone: (() => void)[] = [];
  const step = (kind: keyof typeof STEPS, text: string | number = '') =>
    new Promise<void>((resolve) => {
      undone.push(resolve);
      if (socket.writable) socket.write(`${kind}${text}\0`);
      if (ended.signal.aborted) resolve();
    });
  const done = (count: number) => {
    for (const resolve of undone.splice(0, count)) resolve();
  };
  socket.on('close', () => {
    ended.abort();
    done(undone.length);
  });
  const doing: Doing = {
    write: (text) => step('o', text),
    writeError: (text) => step('e', text),
    leaveChild: () => step('c'),
    ended: ended.signal,
  };
  let received = '';
  let isStarted = false;
  socket.setEncoding('utf8').on('data', (text: string) => {
    if (isStarted) return done(text.length);
    received += text;
    const start = startOf(received);
    if (start === null) return;
    isStarted = true;
    void exitCodeOf(run, start, doing).then((code) => step('x', code));
  });
}

/** Null until all of it has arrived. */
function startOf(received: string): Start | null {
  const [count, ...rest] = received.split('\0').slice(0, -1);
  if (rest.length !== Number(count) + 2) return null;
  const [environment = '', input = ''] = rest.slice(-2);
  return { args: rest.slice(0, -2), environment: variablesOf(environment), input };
}

async function exitCodeOf(run: Run, start: Start, doing: Doing): Promise<number> {
  try {
    return await run(start, doing);
  } catch (error) {
    await doing.writeError(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

/** Of a variable whose value has several lines, only the first. */
function variablesOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
}
