import type { Decision } from '../decide/decide.ts';
import type { RestrictedConnector } from '../model/connector.ts';
import type { Effect } from '../model/effects.ts';
import type { Incident } from '../model/incident.ts';
import type { LinkedAlert } from '../model/linked-alert.ts';
import { showingFrom } from '../model/shown.ts';

type Opening = {
  readonly id: string;
  /** The number of the observation that found it. */
  readonly seq: number;
  readonly at: number;
  readonly connector: RestrictedConnector | null;
  readonly alerts: readonly LinkedAlert[];
  readonly previousIncidentId: string | null;
};

/** Creates an incident, `restricted` when a connector is known and otherwise `alerted`, and posts its card. */
export function open({
  id,
  seq,
  at,
  connector,
  alerts,
  previousIncidentId,
}: Opening): Extract<Decision, { kind: 'applied' }> {
  const incident: Incident = {
    id,
    revision: 0,
    state: connector === null ? 'alerted' : 'restricted',
    connector,
    configurations: showingFrom([], 0, connector),
    alerts,
    openedAt: at,
    openedSeq: seq,
    changedSeq: seq,
    stateSince: at,
    endedAt: null,
    ending: null,
    missingSince: null,
    approval: null,
    breakGlassActs: [],
    authorizationId: null,
    unblockCall: null,
    verifyBy: null,
    remarks: [],
    reminders: [],
    previousIncidentId,
  };
  return { kind: 'applied', incident, effects: effectsOfOpening(incident) };
}

/** Returns the effects of opening an incident: the card is posted at once, and the findings follow. */
export function effectsOfOpening({ connector }: Incident): readonly Effect[] {
  const post = { kind: 'post_card' } as const;
  return connector === null ? [post] : [post, { kind: 'gather_findings', cause: 'opened' }];
}
