import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as rest } from 'node:timers/promises';

/**
 * A stranger in a process of its own. It attacks the service at an address in one way, with a token if one is given, until its
 * input ends. A connection that the service closes is opened again.
 */
const [kind = '', address = '', token = ''] = process.argv.slice(2);
const { hostname, port } = new URL(address);

/** Names another client, as a proxy on this machine would, so that the requests do not count as local. */
const FROM_ELSEWHERE = { 'X-Forwarded-For': '203.0.113.7' };
const SILENT = 4_000;
const DRIBBLING = 2_000;
const BODIES = 3_000;
const BODY_BYTES = 1_000_000;
const REQUESTING = 200;
const AGAIN_MS = 1_000;
const DRIBBLE_MS = 500;

const ATTACKS: Readonly<Record<string, () => void>> = {
  silent: () => hold(SILENT, () => undefined),
  dribble: () => hold(DRIBBLING, dribble),
  bodies: () => hold(BODIES, (socket) => sendBody(socket)),
  unsigned: () => requestOnAndOn('POST', ['/api/messages'], { 'Content-Type': 'application/json' }),
  forged: () =>
    requestOnAndOn('POST', ['/api/messages'], {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${token}`,
    }),
  readers: () => requestOnAndOn('GET', ['/metrics', '/readyz', '/healthz/watching'], {}),
};

const attack = ATTACKS[kind];
if (attack === undefined) throw new Error(`there is no attack "${kind}": ${Object.keys(ATTACKS).join(', ')}`);
process.stdin.resume().once('end', () => process.exit());
attack();
process.stdout.write('begun\n');

function hold(count: number, use: (socket: Socket) => void): void {
  for (let opened = 0; opened < count; opened += 1) keepOpen(use);
}

function keepOpen(use: (socket: Socket) => void): void {
  const socket = connect(Number(port), hostname, () => use(socket));
  socket.resume();
  socket.on('error', () => undefined);
  socket.once('close', () => setTimeout(keepOpen, AGAIN_MS * (1 + Math.random()), use));
}

/** Sends a header that never ends, one byte at a time. */
function dribble(socket: Socket): void {
  socket.write('POST /api/messages HTTP/1.1\r\nHost: guard\r\nX-Stranger: ');
  const timer = setInterval(() => socket.write('x'), DRIBBLE_MS);
  socket.once('close', () => clearInterval(timer));
}

/** Sends a body without its last byte. */
function sendBody(socket: Socket): void {
  const lines = [
    'POST /api/messages HTTP/1.1',
    'Host: guard',
    ...Object.entries(FROM_ELSEWHERE).map(([name, value]) => `${name}: ${value}`),
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${BODY_BYTES}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  socket.write('x'.repeat(BODY_BYTES - 1));
}

function requestOnAndOn(method: string, paths: readonly string[], headers: Record<string, string>): void {
  for (let sender = 0; sender < REQUESTING; sender += 1) void sendOnAndOn(method, paths, headers);
}

async function sendOnAndOn(method: string, paths: readonly string[], headers: Record<string, string>): Promise<void> {
  for (let round = 0; ; round += 1) {
    const path = paths[round % paths.length] ?? '/';
    if (!(await sent(method, path, headers))) await rest(AGAIN_MS / 10);
  }
}

function sent(method: string, path: string, headers: Record<string, string>): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(address + path, { method, headers: { ...headers, ...FROM_ELSEWHERE } }, (response) => {
      response.resume().once('end', () => resolve(true));
    });
    asked.once('error', () => resolve(false));
    asked.end(method === 'POST' ? '{}' : undefined);
  });
}
