import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { percentile } from '../measure.ts';
import { FRESH, loadSchema } from './load.ts';

// Sends the load that is given as JSON, and prints the result as JSON.
const load = loadSchema.parse(JSON.parse(process.argv[2] ?? ''));
const {
  url,
  path,
  headers,
  bodies,
  senders,
  forMs = Number.POSITIVE_INFINITY,
  requests = Number.POSITIVE_INFINITY,
} = load;
const agent = new Agent({ keepAlive: true, maxSockets: senders });
const took: number[] = [];
const statuses: Record<string, number> = {};
let begun = 0;
const began = performance.now();

await Promise.all(Array.from({ length: senders }, sendAgainAndAgain));
const seconds = (performance.now() - began) / 1_000;
agent.destroy();
const times = { p50: percentile(took, 0.5), p99: percentile(took, 0.99) };
process.stdout.write(JSON.stringify({ perSecond: took.length / seconds, ...times, statuses }));

async function sendAgainAndAgain(): Promise<void> {
  while (performance.now() - began < forMs && begun < requests) {
    begun += 1;
    const sent = performance.now();
    const status = await send(bodies[begun % bodies.length] ?? '');
    took.push(performance.now() - sent);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
}

function send(body: string): Promise<string> {
  const content = body.replaceAll(FRESH, randomUUID());
  const length = { 'Content-Length': Buffer.byteLength(content) };
  return new Promise((resolve) => {
    const sent = request(url + path, { method: 'POST', agent, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once('end', () => resolve(String(response.statusCode)));
    });
    sent.once('error', (error) => resolve(error.message));
    sent.end(content);
  });
}
