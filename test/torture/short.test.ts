import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { planTrial } from './plan.ts';
import { createServers } from './servers.ts';
import { type Outcome, runTrial } from './trial.ts';
import { WORST_AIMS } from './troubles/aims.ts';

const OUTPUT = fileURLToPath(new URL('../../test-output/torture', import.meta.url));
const FEW = {
  connectors: 2,
  troubleMs: 180_000,
  pollSeconds: 1,
  verifyWithinSeconds: 6,
  drill: true,
  troubles: ['kills', 'hints'],
} as const;

/** Runs both trials at the same time, because they mostly wait. */
const PLANS = [
  planTrial('short one', { ...FEW, database: 'sqlite', replicas: 1, aims: WORST_AIMS, kills: WORST_AIMS.length + 1 }),
  planTrial('short two', { ...FEW, database: 'postgres', replicas: 3, kills: 4 }),
];

describe('the service, killed and lied to (short; npm run torture does it at length)', function () {
  this.timeout(400_000);
  const servers = createServers();
  let outcomes: Promise<Outcome>[];
  before(() => {
    outcomes = PLANS.map((plan) => servers.with(plan, (server) => runTrial(plan, server, OUTPUT)));
  });
  after(async () => {
    await Promise.allSettled(outcomes);
    await servers.stop();
  });

  for (const [index, { seed, database, replicas, kills }] of PLANS.entries()) {
    it(`loses nothing and does nothing twice (${database}, ${replicas} × ${kills} kills, seed "${seed}")`, async () => {
      const outcome = (await outcomes[index]) ?? assert.fail('no outcome');
      assert.deepEqual(outcome.violations, []);
      assert.ok(outcome.kills > 0, 'it was not killed');
    });
  }
});
