import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endChild, tieToThisProcess } from '../demo/child.ts';

export type PlaygroundProcess = { readonly url: string; stop(): Promise<void> };

const STARTS_WITHIN_MS = 60_000;

/**
 * Starts Microsoft 365 Agents Playground in a process of its own, on a free port. Its configuration is JSON, which it accepts
 * as YAML.
 */
export async function startPlaygroundProcess(
  folder: string,
  config: object,
  botUrl: string,
): Promise<PlaygroundProcess> {
  const configPath = join(folder, 'playground.yml');
  await writeFile(configPath, JSON.stringify(config));
  const cli = fileURLToPath(import.meta.resolve('@microsoft/m365agentsplayground/cli.js'));
  const child = spawn(process.execPath, [cli, 'start', '-e', botUrl, '-c', 'msteams', '--dt', '-p', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: configPath,
      M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'playground.log'),
    },
  });
  tieToThisProcess(child);
  const stop = () => endChild(child);
  try {
    return { url: `http://localhost:${await portOf(child)}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads the port from the first line of output. */
async function portOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('Playground has no output to read its port from');
  const lines = createInterface({ input: stdout });
  const signal = AbortSignal.timeout(STARTS_WITHIN_MS);
  const [line] = await Promise.race([once(lines, 'line', { signal }), once(lines, 'close', { signal })]);
  const port = /^Listening on (\d+)/.exec(String(line))?.[1];
  if (port === undefined) throw new Error(`Playground did not start: ${line ?? 'it ended without a word'}`);
  return port;
}
