import { Agent } from 'node:http';
import fc from 'fast-check';
import { residentMemory } from '../bench/memory.ts';
import { FORGERIES, type Forgery } from '../tenant/channel-tokens.ts';
import { envelopeFor } from '../tenant/teams-activities.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Scene } from './arbitrary-activity.ts';
import { type Authorization, arbitraryRequest } from './arbitrary-request.ts';
import { type Outcome, send } from './send.ts';

type Subject = {
  readonly tenant: Tenant;
  readonly url: string;
  readonly notificationSecret: string;
  readonly metricsToken: string;
  /** Of an open incident and its card. */
  readonly incidentId: string;
  readonly activityId: string;
};

type Wish = {
  readonly requests: number;
  readonly seed: number;
  /** No more are begun after so long, ms. */
  readonly withinMs?: number;
  readonly onProgress?: (done: number) => void;
};

export type Report = {
  /** How often each outcome was had. */
  readonly outcomes: ReadonlyMap<Outcome, number>;
  /** Of the service's process, MB, at the start and then after every 20,000 requests or tenth part, whichever is less. */
  readonly memory: readonly number[];
  /** What must not happen, each in a sentence; none when all is well. */
  readonly faults: readonly string[];
};

const CONCURRENCY = 48;
const BATCH = 500;
const MEMORY_EVERY = 20_000;
const OTHER_TENANT = '00000000-77aa-0b11-2c3d-9d8e7f6a5b4c';

/** Sends generated requests to a running service and says what came of them. The same seed sends the same requests. */
export async function fuzz(
  subject: Subject,
  { requests, seed, withinMs = Number.POSITIVE_INFINITY, onProgress }: Wish,
): Promise<Report> {
  const { url } = subject;
  const arbitrary = arbitraryRequest(sceneOf(subject));
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const outcomes = new Map<Outcome, number>();
  const startedAt = await startOf(url);
  const memory = [await residentMemory(url)];
  const every = Math.min(MEMORY_EVERY, requests / 10);
  const end = performance.now() + withinMs;
  for (let done = 0; done < requests && performance.now() < end; ) {
    const numRuns = Math.min(BATCH, requests - done);
    const target = { url, agent, headerOf: await authorizations(subject) };
    const batch = fc.sample(arbitrary, { seed: seed + done, numRuns }).values();
    const senders = Array.from({ length: CONCURRENCY }, async () => {
      for (const request of batch) {
        const outcome = await send(target, request);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    });
    await Promise.all(senders);
    done += numRuns;
    if (done >= memory.length * every) memory.push(await residentMemory(url));
    onProgress?.(done);
  }
  agent.destroy();
  return { outcomes, memory, faults: faultsIn(outcomes, startedAt, await startOf(url)) };
}

function faultsIn(outcomes: Report['outcomes'], startedAt: string, nowStartedAt: string): readonly string[] {
  const failed = [...outcomes].filter(([outcome]) => Number(outcome) >= 500 && outcome !== 503);
  const wrong = failed.map(([outcome, times]) => `${times} requests were answered with ${outcome}`);
  return startedAt === nowStartedAt ? wrong : [...wrong, 'the service did not live through it'];
}

async function startOf(url: string): Promise<string> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return /^process_start_time_seconds (\S+)$/m.exec(metrics)?.[1] ?? 'unknown';
}

/** Genuine tokens are short-lived, so they are made anew for every batch. */
async function authorizations({ tenant: { teams }, metricsToken }: Subject) {
  const bearer = async (forgery?: Forgery) => `Bearer ${await teams.sign(teams.serviceUrl, forgery)}`;
  const genuine = await bearer();
  const forged = new Map<Forgery, string>(
    await Promise.all(FORGERIES.map(async (one) => [one, await bearer(one)] as const)),
  );
  return (authorization: Authorization): string | undefined => {
    switch (authorization.kind) {
      case 'none':
        return undefined;
      case 'genuine':
        return genuine;
      case 'metrics':
        return `Bearer ${metricsToken}`;
      case 'forged':
        return forged.get(authorization.forgery);
      case 'other':
        return authorization.value;
    }
  };
}

function sceneOf({ tenant: { teams, people }, notificationSecret, incidentId, activityId }: Subject): Scene {
  const channel = { kind: 'channel', channelId: teams.team.adminChannel.id, rootId: activityId } as const;
  const envelopes = Object.values(people).flatMap((person) => {
    const chat = { kind: 'personal', chatId: `a:${person.aadObjectId}` } as const;
    return [envelopeFor(teams.frame, person, channel), envelopeFor(teams.frame, person, chat)];
  });
  const stranger = envelopeFor({ ...teams.frame, tenantId: OTHER_TENANT }, people.erik, channel);
  return { notificationSecret, incidentId, activityId, envelopes: [...envelopes, stranger] };
}
