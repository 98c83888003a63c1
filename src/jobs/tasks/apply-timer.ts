import type { IncidentEvent } from '../../incident/model/events.ts';
import type { Workflow } from '../../workflow/workflow.ts';
import type { Reschedule } from '../run-job.ts';

/** Applies the event of a timer; comes again at its time when the clock was set back after the timer went off. */
export async function applyTimer(
  { apply }: Pick<Workflow, 'apply'>,
  incidentId: string,
  event: IncidentEvent<'approval_expired' | 'break_glass_due'>,
): Promise<Reschedule> {
  const outcome = await apply(incidentId, event);
  return outcome.kind === 'ignored' && outcome.until !== undefined ? { runAt: outcome.until } : undefined;
}
