import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createAccepted } from '../../../src/http/accepted-connections.ts';
import { text } from '../../../src/http/response.ts';
import { serveOnLoopback } from './loopback.ts';

const TURNS = 20;

describe('accepted connections', () => {
  let server: EventEmitter;
  let allAccepted: () => Promise<void>;
  beforeEach(() => {
    server = new EventEmitter();
    allAccepted = createAccepted(server);
  });

  /** Accepts a connection in each of some turns, all of which a request has to wait for. */
  const assertWaits = async () => {
    let turns = 0;
    const waiting = allAccepted().then(() => turns);
    for (; turns < TURNS; turns += 1) {
      server.emit('connection');
      await nextTurn();
    }
    assert.ok((await waiting) >= TURNS);
  };

  it('are waited for while each turn accepts another', () => assertWaits());

  it('are not waited for without end', async () => {
    const isOver = allAccepted().then(() => true);
    while (!(await Promise.race([isOver, nextTurn(false)]))) server.emit('connection');
  });

  it('are waited for again after a request that waited', async () => {
    await allAccepted();
    await assertWaits();
  });
});

const CLIENTS = 40;

/** Sends a request on each of several connections from a thread, and counts those sent. */
const SEND_TOGETHER = `
  const { connect } = require('node:net');
  const { workerData: { port, clients, sent } } = require('node:worker_threads');
  for (let client = 0; client < clients; client += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n', () => {
      Atomics.add(sent, 0, 1);
      Atomics.notify(sent, 0);
    });
    socket.resume();
  }`;

describe('the HTTP server', () => {
  let accepted: number;
  const count = () => {
    accepted += 1;
  };
  beforeEach(() => {
    accepted = 0;
    subscribe('net.server.socket', count);
  });
  afterEach(() => unsubscribe('net.server.socket', count));

  it('accepts connections that arrived together before it answers on the first of them', async () => {
    const { promise: acceptedAtFirst, resolve } = Promise.withResolvers<number>();
    const answer = () => {
      resolve(accepted);
      return text(200, '');
    };
    const { url, server } = await serveOnLoopback([{ method: 'GET', path: '/', answer }]);
    const sent = new Int32Array(new SharedArrayBuffer(4));
    const workerData = { port: Number(new URL(url).port), clients: CLIENTS, sent };
    const clients = new Worker(SEND_TOGETHER, { eval: true, workerData });
    try {
      blockUntil(() => Atomics.load(sent, 0) === CLIENTS, sent);
      // A connection that the system has not handed over yet does not fail the test.
      assert.ok((await acceptedAtFirst) > CLIENTS / 2);
    } finally {
      await clients.terminate();
      await server.stop();
    }
  });
});

/** Blocks the event loop, which meanwhile accepts nothing. */
function blockUntil(isReached: () => boolean, changes: Int32Array): void {
  while (!isReached()) Atomics.wait(changes, 0, Atomics.load(changes, 0), 1_000);
}
