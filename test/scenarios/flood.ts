import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { tieToThisProcess } from '../demo/child.ts';

type Flood = {
  readonly url: string;
  readonly body: string;
  /** It does not end before so many are answered, however soon it is told to. */
  readonly atLeast: number;
  readonly connections: number;
};

/** How many answers there were of each status; what got no answer is counted under the code of its error. */
type Tally = Readonly<Record<string, number>>;

const SENDER = fileURLToPath(new URL('./flood-sender.ts', import.meta.url));
const tally: z.ZodType<Tally> = z.record(z.string(), z.number());

/** Posts the same JSON on many connections, each as fast as it is answered, from a process of its own until told to end. */
export async function startFlood({ url, body, atLeast, connections }: Flood): Promise<{ end(): Promise<Tally> }> {
  const words = [SENDER, url, body, String(atLeast), String(connections)];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  tieToThisProcess(child);
  await once(child.stdout, 'readable');
  return {
    async end() {
      child.stdin.end();
      const [, last = ''] = (await text(child.stdout)).split('\n');
      return tally.parse(JSON.parse(last));
    },
  };
}
