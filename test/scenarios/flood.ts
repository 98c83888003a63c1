import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { tieToThisProcess } from '../demo/child.ts';

type Flood = {
  readonly url: string;
  readonly body: string;
  /** The least number of responses before the flood ends, even when it is stopped earlier. */
  readonly atLeast: number;
  readonly connections: number;
};

/** The number of responses by status. A request without a response is counted under the code of its error. */
type Tally = Readonly<Record<string, number>>;

const SENDER = fileURLToPath(new URL('./flood-sender.ts', import.meta.url));
const tally: z.ZodType<Tally> = z.record(z.string(), z.number());

/** Posts the same JSON on many connections, each as soon as the last response arrives, from a separate process until it is stopped. */
export async function startFlood({
  url,
  body,
  atLeast,
  connections,
}: Flood): Promise<{ end(): Promise<Tally>; kill(): void }> {
  const words = [SENDER, url, body, String(atLeast), String(connections)];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  tieToThisProcess(child);
  await once(child.stdout, 'readable');
  return {
    kill: () => void child.kill('SIGKILL'),
    async end() {
      child.stdin.end();
      const [, last = ''] = (await text(child.stdout)).split('\n');
      return tally.parse(JSON.parse(last));
    },
  };
}
