import { type GatherCause, latestOf, sayTheSame } from '../model/finding.ts';
import type { Incident, IncidentState } from '../model/incident.ts';
import { apply, type Handlers, ignore } from './handler.ts';

/** In these states people fill in a form on the card, which a redraw empties. */
const WITH_FORM: ReadonlySet<IncidentState> = new Set(['restricted', 'awaiting_confirmation', 'unblock_failed']);
/** Nobody has read a new card and begun to write within this time. */
const UNTOUCHED_MS = 60_000;

/** Keeps what the checks found. An older reading of a check never replaces a newer one. */
export const findingSteps: Handlers<'findings_gathered'> = {
  findings_gathered(incident, { findings: arrived, cause, at }) {
    const known = incident.findings ?? [];
    const findings = latestOf(known, arrived);
    if (JSON.stringify(findings) === JSON.stringify(known)) return ignore('newer findings of these checks are known');
    const isShown = !sayTheSame(known, findings) && mayRedraw(incident, cause, at);
    return isShown ? apply({ findings }, { kind: 'update_card' }) : apply({ findings });
  },
};

/** A changed connector has just had the card redrawn; of findings alone it is redrawn only while nobody can be writing on it. */
function mayRedraw({ state, stateSince, changedAt }: Incident, cause: GatherCause, at: number): boolean {
  if (!WITH_FORM.has(state) || cause === 'changed' || cause === 'requested') return true;
  return at < (stateSince ?? changedAt) + UNTOUCHED_MS;
}
