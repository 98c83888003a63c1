import type { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** The most turns that requests wait for. A client that opens connections without a pause delays them by no more. */
const MOST_TURNS = 100;

/**
 * Returns a function that resolves once an event-loop turn passes without a new connection. Node accepts one connection per turn
 * (libuv #3696), so answering at once would delay clients whose connections arrived together.
 */
export function createAccepted(server: EventEmitter): () => Promise<void> {
  let accepted = 0;
  let waiting: Promise<void> | null = null;
  server.on('connection', () => {
    accepted += 1;
  });

  async function untilNoneIsAccepted(): Promise<void> {
    // The turn in which this begins has accepted its connection already.
    await nextTurn();
    for (let turns = 0, before = -1; turns < MOST_TURNS && accepted !== before; turns += 1) {
      before = accepted;
      await nextTurn();
    }
    waiting = null;
  }

  return () => {
    waiting ??= untilNoneIsAccepted();
    return waiting;
  };
}
