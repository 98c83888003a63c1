import { Agent } from 'node:http';
import fc from 'fast-check';
import { FORGERIES, type Forgery } from '../tenant/channel-tokens.ts';
import { envelopeFor } from '../tenant/teams-activities.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Scene } from './arbitrary-activity.ts';
import { type Authorization, arbitraryRequest } from './arbitrary-request.ts';
import { type Outcome, send } from './send.ts';
import { type ServiceMemory, serviceMemory } from './service-memory.ts';

type Subject = {
  readonly tenant: Tenant;
  readonly url: string;
  readonly inspectorPort: number;
  readonly notificationSecret: string;
  readonly metricsToken: string;
  /** The open incident, and below it the message of its card. */
  readonly incidentId: string;
  readonly activityId: string;
};

type Wish = {
  readonly requests: number;
  readonly seed: number;
  /** No request starts after this time, ms. */
  readonly withinMs?: number;
  readonly onMeasured?: (memory: Measured) => void;
};

export type Measured = ServiceMemory & { readonly requests: number };

export type Report = {
  /** The number of each outcome. */
  readonly outcomes: ReadonlyMap<Outcome, number>;
  /** The memory of the service's process, at the start and then after every 50,000 requests or tenth part, whichever is less. */
  readonly memory: readonly Measured[];
  /** Violations, each as a sentence; none when the run succeeded. */
  readonly faults: readonly string[];
};

const CONCURRENCY = 48;
const BATCH = 500;
const MEMORY_EVERY = 50_000;
const OTHER_TENANT = '00000000-77aa-0b11-2c3d-9d8e7f6a5b4c';

/** Sends generated requests to a running service and reports the outcomes. The same seed sends the same requests. */
export async function fuzz(subject: Subject, wish: Wish): Promise<Report> {
  const { url } = subject;
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const outcomes = new Map<Outcome, number>();
  const startedAt = await startOf(url);
  const memory: Measured[] = [];
  const measure = async (requests: number) => {
    const measured = { requests, ...(await serviceMemory(subject.inspectorPort)) };
    memory.push(measured);
    wish.onMeasured?.(measured);
  };
  const generated = generate(subject, wish, measure);
  const senders = Array.from({ length: CONCURRENCY }, async () => {
    for await (const { request, headerOf } of drawnFrom(generated)) {
      const outcome = await send({ url, agent, headerOf }, request);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  });
  await Promise.all(senders);
  agent.destroy();
  return { outcomes, memory, faults: faultsIn(outcomes, startedAt, await startOf(url)) };
}

/** Generates requests on demand, with the tokens they are sent with, and measures the service's memory between them. */
async function* generate(
  subject: Subject,
  { requests, seed, withinMs = Number.POSITIVE_INFINITY }: Wish,
  measure: (requests: number) => Promise<void>,
) {
  const arbitrary = arbitraryRequest(sceneOf(subject));
  const every = Math.min(MEMORY_EVERY, requests / 10);
  const end = performance.now() + withinMs;
  let measured = 0;
  let begun = 0;
  await measure(begun);
  while (begun < requests && performance.now() < end) {
    const numRuns = Math.min(BATCH, requests - begun);
    const headerOf = await authorizations(subject);
    for (const request of fc.sample(arbitrary, { seed: seed + begun, numRuns })) yield { request, headerOf };
    begun += numRuns;
    if (begun < measured + every) continue;
    measured = begun;
    await measure(begun);
  }
}

/** Returns one of several readers of the same values; when one ends, the others continue. */
function drawnFrom<T>(values: AsyncIterator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => values.next() }) };
}

function faultsIn(outcomes: Report['outcomes'], startedAt: string, nowStartedAt: string): readonly string[] {
  const failed = [...outcomes].filter(([outcome]) => Number(outcome) >= 500 && outcome !== 503);
  const unanswered = outcomes.get('not answered') ?? 0;
  const wrong = [
    ...failed.map(([outcome, times]) => `${times} requests were answered with ${outcome}`),
    ...(unanswered > 0 ? [`${unanswered} requests were not answered`] : []),
  ];
  return startedAt === nowStartedAt ? wrong : [...wrong, 'the service did not live through it'];
}

async function startOf(url: string): Promise<string> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return /^process_start_time_seconds (\S+)$/m.exec(metrics)?.[1] ?? 'unknown';
}

/** Genuine tokens are short-lived, so new ones are created for every batch. */
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
