import { createInterface, emitKeypressEvents } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { z } from 'zod';

/** The pressed keys: single keys on a terminal, the first letter of each line otherwise. */
export type Keys = { stop(): void };

const CTRL_C = '\u0003';
const keySchema = z.object({ sequence: z.string() });

export function listenForKeys(input: ReadStream, pressed: (key: string) => void, interrupted: () => void): Keys {
  return input.isTTY ? rawKeys(input, pressed, interrupted) : firstLetters(input, pressed);
}

function rawKeys(input: ReadStream, pressed: (key: string) => void, interrupted: () => void): Keys {
  const onKey = (_text: unknown, key: unknown) => {
    const { sequence } = keySchema.parse(key);
    if (sequence === CTRL_C) interrupted();
    else pressed(sequence.toLowerCase());
  };
  emitKeypressEvents(input);
  input.setRawMode(true);
  input.on('keypress', onKey);
  input.resume();
  return {
    stop() {
      input.off('keypress', onKey);
      input.setRawMode(false);
      input.pause();
    },
  };
}

function firstLetters(input: ReadStream, pressed: (key: string) => void): Keys {
  const lines = createInterface({ input });
  lines.on('line', (line) => {
    const [letter] = line.trim().toLowerCase();
    if (letter !== undefined) pressed(letter);
  });
  return { stop: () => lines.close() };
}
