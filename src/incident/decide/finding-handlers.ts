import type { IncidentEvent } from '../model/events.ts';
import { anyWorse, type Finding, latestOf, sayTheSame } from '../model/finding.ts';
import type { Incident, IncidentState } from '../model/incident.ts';
import { dangersAfter } from '../model/new-danger.ts';
import { toAcknowledge } from '../model/recommendations.ts';
import { apply, type Handlers, ignore } from './handler.ts';

/** In these states people fill in a form on the card, which a redraw empties. */
const WITH_FORM: ReadonlySet<IncidentState> = new Set(['restricted', 'awaiting_confirmation', 'unblock_failed']);
/** Nobody has read a new card, or one that was just redrawn, and begun to write within this time. */
const UNTOUCHED_MS = 45_000;
const MOST_REDRAWS = 2;

/** Keeps what the checks found. An older reading of a check never replaces a newer one. */
export const findingHandlers: Handlers<'findings_gathered'> = {
  findings_gathered(incident, { findings: arrived, ...gathered }) {
    const known = incident.findings ?? [];
    const findings = latestOf(known, arrived);
    if (JSON.stringify(findings) === JSON.stringify(known)) return ignore('newer findings of these checks are known');
    const isDrawn = isNewDanger(known, findings) || mayRedraw(incident, findings, gathered);
    const isShown = !sayTheSame(known, findings) && isDrawn;
    const change = { findings, ...withDangers(incident, findings) };
    return isShown ? apply(change, { kind: 'update_card' }) : apply(change);
  },
};

/** While an approval waits, notes from which revision on its card shows what is bad now and was not at the approval. */
function withDangers(incident: Incident, findings: readonly Finding[]): Partial<Pick<Incident, 'approval'>> {
  const { approval, state } = incident;
  if (approval === null || state !== 'awaiting_confirmation') return {};
  return { approval: { ...approval, dangers: dangersAfter(incident, approval, findings) } };
}

/** Without its box on the card nobody can approve, so it is drawn whatever somebody writes. */
function isNewDanger(known: readonly Finding[], findings: readonly Finding[]): boolean {
  const before = toAcknowledge(known);
  return toAcknowledge(findings).some((check) => !before.includes(check));
}

type Gathered = Pick<IncidentEvent<'findings_gathered'>, 'cause' | 'beganAt' | 'at' | 'part'>;

/**
 * Of findings alone a card with a form is redrawn at most twice, shortly after another redraw, or when somebody asked for
 * them. While it waits for the second admin, who has a box to tick and nothing to write, whatever is worse is drawn, and
 * nothing else.
 */
function mayRedraw(incident: Incident, findings: readonly Finding[], { cause, beganAt, at, part }: Gathered): boolean {
  const { state, stateSince, findings: known = [] } = incident;
  if (!WITH_FORM.has(state) || cause === 'requested') return true;
  if (state === 'awaiting_confirmation') return anyWorse(known, findings);
  const redrawnAt = cause === 'changed' ? beganAt : stateSince;
  return part <= MOST_REDRAWS && at < redrawnAt + UNTOUCHED_MS;
}
