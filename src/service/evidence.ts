import { whoMaySend } from '../evidence/checks/who-may-send.ts';
import { createGather, type Gather } from '../evidence/gather.ts';
import type { Log } from '../shared/log.ts';

type Dependencies = { readonly clock: () => number; readonly log: Log };

/** Every check, with the clients it reads through. */
export function createEvidence({ clock, log }: Dependencies): Gather {
  const checks = [whoMaySend];
  return createGather({ checks, clock, log });
}
