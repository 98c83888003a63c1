import { readFileSync } from 'node:fs';

/** Loaded before the service: its clock is the machine's plus the ms that a file says, looked up a few times a second. */
const LOOK_EVERY_MS = 100;
const file = process.env.CLOCK_FILE ?? '';
const truly = Date.now;

let offset = 0;
let lookedAt = Number.NEGATIVE_INFINITY;

function now(): number {
  if (performance.now() - lookedAt > LOOK_EVERY_MS) {
    lookedAt = performance.now();
    offset = readOffset();
  }
  return truly() + offset;
}

function readOffset(): number {
  try {
    return Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    return 0;
  }
}

globalThis.Date = new Proxy(Date, {
  get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
  construct: (date, given, made) => Reflect.construct(date, given.length === 0 ? [now()] : given, made),
});
