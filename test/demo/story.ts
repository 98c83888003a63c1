import type { Say } from './narrate.ts';
import { createTelling } from './narration.ts';
import { setUpStage } from './stage.ts';
import { alertAlone } from './story/alert-alone.ts';
import { approvalsThatEnd } from './story/approvals-that-end.ts';
import { CONNECTORS } from './story/connectors.ts';
import { elsewhere } from './story/elsewhere.ts';
import { throttled } from './story/throttled.ts';
import { twoPeople } from './story/two-people.ts';

/** Runs the whole story against a service of its own; returns the steps that failed. */
export async function playStory(say: Say): Promise<readonly string[]> {
  const stage = await setUpStage('en-US', {}, ({ exchange }) => {
    for (const name of Object.values(CONNECTORS)) exchange.addConnector(name);
  });
  const telling = createTelling(say);
  try {
    await telling.chapter('Two people lift a restriction', (step) => twoPeople(stage, step));
    await telling.chapter('A connector is unblocked in the portal', (step) => elsewhere(stage, step));
    await telling.chapter('Exchange throttles', (step) => throttled(stage, step));
    await telling.chapter('An alert arrives without a restricted connector', (step) => alertAlone(stage, step));
    await telling.chapter('Approvals that end without a confirmation', (step) => approvalsThatEnd(stage, step));
  } finally {
    await stage.stop();
  }
  return telling.failures;
}
