import type { IncidentEvent } from '../../incident/model/events.ts';
import type { Workflow } from '../../workflow/workflow.ts';
import type { Reschedule } from '../run-job.ts';

/** Applies the event of a timer. Reschedules the job when the clock was set back after the timer fired. */
export async function applyTimer(
  { apply }: Pick<Workflow, 'apply'>,
  incidentId: string,
  event: IncidentEvent<'approval_expired' | 'break_glass_due'>,
): Promise<Reschedule> {
  const outcome = await apply(incidentId, event);
  return outcome.kind === 'ignored' && outcome.until !== undefined ? { runAt: outcome.until } : undefined;
}
