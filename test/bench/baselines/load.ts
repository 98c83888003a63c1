import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { tieToThisProcess } from '../../demo/child.ts';

/** Requests that are sent to one server repeatedly. */
export const loadSchema = z.object({
  /** The origin of the server. */
  url: z.url(),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  /** Sent in turn. In each, the text `FRESH` is replaced with a new id. */
  bodies: z.array(z.string()).min(1),
  /** The number of senders; each sends again as soon as it has a response. */
  senders: z.number(),
  /** The end of the load: after this many ms, or this many requests. */
  forMs: z.number().optional(),
  requests: z.number().optional(),
});
export type Load = z.infer<typeof loadSchema>;

export const FRESH = '00000000-0000-4000-8000-00000000f4e5';

/** `statuses`: the number of responses by status. Times in ms. */
const seenSchema = z.object({
  perSecond: z.number(),
  p50: z.number(),
  p99: z.number(),
  statuses: z.record(z.string(), z.number()),
});
export type Seen = z.infer<typeof seenSchema>;

const SENDER = fileURLToPath(new URL('sender.ts', import.meta.url));

/** Sends a load from a process of its own. Throws when any response has a status other than the expected one. */
export async function send(load: Load, expected: number): Promise<Seen> {
  const child = spawn(process.execPath, [SENDER, JSON.stringify(load)], { stdio: ['ignore', 'pipe', 'inherit'] });
  tieToThisProcess(child);
  const seen = seenSchema.parse(JSON.parse(await text(child.stdout)));
  const others = Object.keys(seen.statuses).filter((status) => status !== String(expected));
  if (others.length > 0) throw new Error(`${load.url} answered ${JSON.stringify(seen.statuses)}`);
  return seen;
}
