import { startBare } from '../bare-bot.ts';
import { loadOf, recorded } from '../baselines/recorded.ts';
import type { Measurement } from '../measurement.ts';
import { figuresOf, sideBySide } from '../side-by-side.ts';
import type { Figure } from '../table.ts';

const SENDERS = [50, 200];
const FOR_MS = 1_500;
const ROUNDS_FOR_ONE = 20;
const ACCEPTED = 202;

/** Measures notifications, which are durable before their response, compared with restify alone, which parses them and responds. */
export const notifications: Measurement = async ({ open, rounds }) => {
  await using world = await open({ push: true });
  const { tenant, urls } = world;
  const load = loadOf([await recorded(tenant, urls[0], () => tenant.defender.notify())]);
  await using bare = await startBare(tenant);
  const sides = { bare: bare.line, service: urls[0], expected: ACCEPTED };
  const figures: Figure[] = [];
  for (const senders of SENDERS) {
    const what = `notifications from ${senders} senders`;
    const seen = await sideBySide(
      what,
      { ...load, senders, forMs: FOR_MS },
      { ...sides, rounds: Math.ceil(rounds / ROUNDS_FOR_ONE) },
    );
    figures.push(...figuresOf(what, 'bare restify', seen));
  }
  return figures;
};
