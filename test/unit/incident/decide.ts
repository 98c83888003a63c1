import { decide as decideAs } from '../../../src/incident/decide/decide.ts';
import type { IncidentEvent } from '../../../src/incident/model/events.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';

/** Decides an event of a history in which audit entries are numbered by the time of their event. */
export const decide = (incident: Incident, event: IncidentEvent) => decideAs(incident, event, event.at);
