import { readFileSync } from 'node:fs';

/** Preloaded into the service: shifts its clock by the number of ms in `CLOCK_FILE`, which is read a few times a second. */
const READ_EVERY_MS = 100;
const file = process.env.CLOCK_FILE ?? '';
const machineNow = Date.now;

let offset = 0;
let readAt = Number.NEGATIVE_INFINITY;

function now(): number {
  if (performance.now() - readAt > READ_EVERY_MS) {
    readAt = performance.now();
    offset = readOffset();
  }
  return machineNow() + offset;
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
