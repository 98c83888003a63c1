import type { IncidentEvent } from '../model/events.ts';
import { anyWorse, type Finding, haveSameStatements, latestOf } from '../model/finding.ts';
import type { Incident, IncidentState } from '../model/incident.ts';
import { dangersAfter } from '../model/new-danger.ts';
import { toAcknowledge } from '../model/recommendations.ts';
import { apply, type Handlers, ignore } from './handler.ts';

/** The states in which the card has a form, which a redraw empties. */
const WITH_FORM: ReadonlySet<IncidentState> = new Set(['restricted', 'awaiting_confirmation', 'unblock_failed']);
/** Within this time of a post or redraw, a person is unlikely to have begun to write. */
const UNTOUCHED_MS = 45_000;
const MOST_REDRAWS = 2;

/** Saves the findings of the checks. An older reading of a check never replaces a newer one. */
export const findingHandlers: Handlers<'findings_gathered'> = {
  findings_gathered(incident, { findings: arrived, ...gathered }) {
    const known = incident.findings ?? [];
    const findings = latestOf(known, arrived);
    if (JSON.stringify(findings) === JSON.stringify(known)) return ignore('newer findings of these checks are known');
    const isDrawn = isNewDanger(known, findings) || mayRedraw(incident, findings, gathered);
    const isShown = !haveSameStatements(known, findings) && isDrawn;
    const change = { findings, ...withDangers(incident, findings) };
    return isShown ? apply(change, { kind: 'update_card' }) : apply(change);
  },
};

/** While an approval waits, records the revision from which its card shows findings that turned bad after the approval. */
function withDangers(incident: Incident, findings: readonly Finding[]): Partial<Pick<Incident, 'approval'>> {
  const { approval, state } = incident;
  if (approval === null || state !== 'awaiting_confirmation') return {};
  return { approval: { ...approval, dangers: dangersAfter(incident, approval, findings) } };
}

/** Whether a check turned bad. The card is then always redrawn, because an approval needs the new checkbox. */
function isNewDanger(known: readonly Finding[], findings: readonly Finding[]): boolean {
  const before = toAcknowledge(known);
  return toAcknowledge(findings).some((check) => !before.includes(check));
}

type Gathered = Pick<IncidentEvent<'findings_gathered'>, 'cause' | 'beganAt' | 'at' | 'part'>;

/**
 * Whether findings alone may redraw a card with a form: at most twice, shortly after another redraw, or when a person requested
 * the checks. While the card waits for the second admin, who has a box to tick and nothing to write, only worse findings redraw
 * it.
 */
function mayRedraw(incident: Incident, findings: readonly Finding[], { cause, beganAt, at, part }: Gathered): boolean {
  const { state, stateSince, findings: known = [] } = incident;
  if (!WITH_FORM.has(state) || cause === 'requested') return true;
  if (state === 'awaiting_confirmation') return anyWorse(known, findings);
  const redrawnAt = cause === 'changed' ? beganAt : stateSince;
  return part <= MOST_REDRAWS && at < redrawnAt + UNTOUCHED_MS;
}
