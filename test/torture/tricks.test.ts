import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { Detour } from './detours.ts';
import { planTrial } from './plan.ts';
import { type Outcome, runTrial } from './trial.ts';

const OUTPUT = fileURLToPath(new URL('../../test-output/torture', import.meta.url));

/** Injects no fault; people try one detour before each confirmation, of which the service gets no notification. */
const TRICKS: readonly { readonly rule: string; readonly detour: Detour; readonly confirmWithinSeconds: number }[] = [
  {
    rule: 'asks Exchange for no connector that was changed after the approval',
    detour: 'earlier edit',
    confirmWithinSeconds: 600,
  },
  { rule: 'asks Exchange on no approval whose time was over', detour: 'late', confirmWithinSeconds: 6 },
];

const PLANS = TRICKS.map(({ rule, detour, confirmWithinSeconds }) => {
  const plan = planTrial(`trick ${detour}`, {
    ...{ database: 'sqlite', troubles: [], detours: [detour], detoursEach: [4, 4] },
    ...{ connectors: 2, troubleMs: 20_000, pollSeconds: 3_600, confirmWithinSeconds, verifyWithinSeconds: 6 },
  });
  return { rule, plan };
});

describe('the service, when people confirm what they may not (torture)', function () {
  this.timeout(290_000);
  let outcomes: Promise<Outcome>[];
  // Both at the same time, because they mostly wait.
  before(() => {
    outcomes = PLANS.map(({ plan }) => runTrial(plan, undefined, OUTPUT));
  });
  after(() => Promise.allSettled(outcomes));

  for (const [index, { rule }] of PLANS.entries()) {
    it(rule, async () => {
      const { violations } = (await outcomes[index]) ?? assert.fail('no outcome');
      assert.deepEqual(violations, []);
    });
  }
});
