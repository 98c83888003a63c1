import { Agent, request } from 'node:http';

const [url = '', body = '', atLeast = '', connections = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
/** The number of responses that shows that the flood has reached the service. */
const BEGUN_AT = 50;
const tally: Record<string, number> = {};
let answers = 0;
let ending = false;

process.stdin.resume().once('end', () => {
  ending = true;
});
await Promise.all(Array.from({ length: Number(connections) }, sendOnAndOn));
agent.destroy();
process.stdout.write(JSON.stringify(tally));

async function sendOnAndOn(): Promise<void> {
  while (!ending || answers < Number(atLeast)) {
    const answer = await send();
    tally[answer] = (tally[answer] ?? 0) + 1;
    answers += 1;
    if (answers === BEGUN_AT) process.stdout.write('begun\n');
  }
}

function send(): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(String(response.statusCode)));
    });
    sent.once('error', (error) => resolve(error.message));
    sent.end(body);
  });
}
