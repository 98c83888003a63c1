import { currentAct } from './break-glass-acts.ts';
import type { Incident, IncidentState } from './incident.ts';

/** A state as people read it: an incident that carries a break-glass act has names of its own. */
export type DisplayState = IncidentState | 'break_glass_unblocking' | 'break_glass_verifying';

export function displayState(incident: Incident): DisplayState {
  const { state } = incident;
  if ((state !== 'unblocking' && state !== 'verifying') || currentAct(incident) === null) return state;
  return `break_glass_${state}`;
}
