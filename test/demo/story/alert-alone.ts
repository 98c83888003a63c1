import { cardShows } from '../card-watch.ts';
import type { Step } from '../narration.ts';
import type { Stage } from '../stage.ts';

/** A part of the alert's title, by which its card is found. */
const TITLE = 'Suspicious connector activity (mail gateway)';

export async function alertAlone({ tenant }: Stage, step: Step): Promise<void> {
  const { defender } = tenant;
  const { id } = defender.raise({ title: TITLE });
  await step('the channel is notified anyway', () => cardShows(tenant, TITLE, 'Alert'));
  await step('the alert is resolved, and the card is closed', () => {
    defender.touch(id, { status: 'resolved' });
    return cardShows(tenant, TITLE, 'Closed');
  });
}
