import { setTimeout as rest } from 'node:timers/promises';
import type { Tenant } from '../../tenant/tenant.ts';
import { until } from '../../tenant/until.ts';
import { haveConnectors } from '../many-connectors.ts';
import { median } from '../measure.ts';
import type { Bench, Measurement } from '../measurement.ts';
import { now } from '../now.ts';
import { type Baseline, type Figure, MAX_CARD_BYTES } from '../table.ts';

const COUNTS = [1, 100, 1_000];
const ROUNDS_FOR_ONE = 5;
/** Slower than the 7 messages a second that Teams lets a bot send to one thread; otherwise its limit would be measured. */
const BETWEEN_QUESTIONS_MS = 300;

/** Measures how long the answer to `status connectors` takes, with few connectors and with many, and the size of its card. */
export const statusConnectors: Measurement = async (bench) => {
  const figures: Figure[] = [];
  let baseline: Baseline | null = null;
  for (const count of COUNTS) {
    const { sample, bytes } = await asked(bench, count);
    const name = `status connectors, ${count} of them`;
    figures.push({ name, unit: 'ms', sample, baseline });
    figures.push({ name: `${name}: its card`, unit: 'bytes', sample: [bytes], baseline: MAX_CARD_BYTES });
    baseline ??= { name: `with ${count}`, value: median(sample) };
  }
  return figures;
};

async function asked({ open, rounds }: Bench, count: number) {
  await using world = await open({ prepare: (tenant) => void haveConnectors(tenant, count) });
  const { tenant } = world;
  const sample: number[] = [];
  const bytes: number[] = [];
  for (let round = 0; round < Math.max(3, rounds / ROUNDS_FOR_ONE); round += 1) {
    const answer = await askedOnce(tenant);
    sample.push(answer.ms);
    bytes.push(answer.bytes);
    await rest(BETWEEN_QUESTIONS_MS);
  }
  return { sample, bytes: Math.max(...bytes) };
}

export async function askedOnce({ teams, people }: Tenant) {
  const since = now();
  const { conversationId } = await teams.say({ person: people.erik, text: 'status connectors', where: 'personal' });
  const find = () => teams.cards(conversationId).findLast(({ at }) => at > since);
  const { at, card } = await until(find, { what: 'the answer to "status connectors"' });
  return { ms: at - since, bytes: Buffer.byteLength(JSON.stringify(card)) };
}
