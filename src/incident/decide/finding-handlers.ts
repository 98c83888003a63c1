import type { IncidentEvent } from '../model/events.ts';
import { type Finding, latestOf, sayTheSame } from '../model/finding.ts';
import type { Incident, IncidentState } from '../model/incident.ts';
import { toAcknowledge } from '../model/recommendations.ts';
import { apply, type Handlers, ignore } from './handler.ts';

/** In these states people fill in a form on the card, which a redraw empties. */
const WITH_FORM: ReadonlySet<IncidentState> = new Set(['restricted', 'awaiting_confirmation', 'unblock_failed']);
/** Nobody has read a new card, or one that was just redrawn, and begun to write within this time. */
const UNTOUCHED_MS = 45_000;

/** Keeps what the checks found. An older reading of a check never replaces a newer one. */
export const findingHandlers: Handlers<'findings_gathered'> = {
  findings_gathered(incident, { findings: arrived, cause, beganAt, at }) {
    const known = incident.findings ?? [];
    const findings = latestOf(known, arrived);
    if (JSON.stringify(findings) === JSON.stringify(known)) return ignore('newer findings of these checks are known');
    const isDrawn = isNewDanger(known, findings) || mayRedraw(incident, { cause, beganAt, at });
    const isShown = !sayTheSame(known, findings) && isDrawn;
    return isShown ? apply({ findings }, { kind: 'update_card' }) : apply({ findings });
  },
};

/** Without its box on the card nobody can approve, so it is drawn whatever somebody writes. */
function isNewDanger(known: readonly Finding[], findings: readonly Finding[]): boolean {
  const before = toAcknowledge(known);
  return toAcknowledge(findings).some((check) => !before.includes(check));
}

type Gathered = Pick<IncidentEvent<'findings_gathered'>, 'cause' | 'beganAt' | 'at'>;

/** Of findings alone a card with a form is redrawn only shortly after another redraw, or when somebody asked for them. */
function mayRedraw({ state, stateSince, changedAt }: Incident, { cause, beganAt, at }: Gathered): boolean {
  if (!WITH_FORM.has(state) || cause === 'requested') return true;
  const redrawnAt = cause === 'changed' ? beganAt : (stateSince ?? changedAt);
  return at < redrawnAt + UNTOUCHED_MS;
}
