import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { tieToThisProcess } from '../../demo/child.ts';

/** What is sent to one server again and again. */
export const loadSchema = z.object({
  /** The origin of the server. */
  url: z.url(),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  /** Sent in turn. In each, the text `FRESH` is replaced by a new id. */
  bodies: z.array(z.string()).min(1),
  /** Each sends again as soon as it is answered. */
  senders: z.number(),
  /** When it ends: after so many ms, or so many requests. */
  forMs: z.number().optional(),
  requests: z.number().optional(),
});
export type Load = z.infer<typeof loadSchema>;

export const FRESH = '00000000-0000-4000-8000-00000000f4e5';

/** `statuses`: how many answers had each status. Times in ms. */
const seenSchema = z.object({
  perSecond: z.number(),
  p50: z.number(),
  p99: z.number(),
  statuses: z.record(z.string(), z.number()),
});
export type Seen = z.infer<typeof seenSchema>;

const SENDER = fileURLToPath(new URL('sender.ts', import.meta.url));

/** Sends a load from a process of its own. Throws when anything was answered with another status than the expected one. */
export async function send(load: Load, expected: number): Promise<Seen> {
  const child = spawn(process.execPath, [SENDER, JSON.stringify(load)], { stdio: ['ignore', 'pipe', 'inherit'] });
  tieToThisProcess(child);
  const seen = seenSchema.parse(JSON.parse(await text(child.stdout)));
  const others = Object.keys(seen.statuses).filter((status) => status !== String(expected));
  if (others.length > 0) throw new Error(`${load.url} answered ${JSON.stringify(seen.statuses)}`);
  return seen;
}
