import type { Approval } from './approval.ts';
import type { Effect } from './effects.ts';
import { fingerprint } from './fingerprint.ts';
import type { Ending, Incident, LinkedAlert, RestrictedConnector } from './incident.ts';
import { FINAL_STATES } from './incident.ts';
import { sameAlert } from './link.ts';
import { showingFrom } from './shown.ts';
import { apply, ignore, type Step, type Steps } from './step.ts';

/** What reading Exchange and Defender does to an incident. */
export const observationSteps: Steps<
  'observed_restricted' | 'observed_missing' | 'observed_clear' | 'connector_removed' | 'alert_linked' | 'alert_lapsed'
> = {
  observed_restricted(incident, event) {
    const configurations = showingFrom(incident.configurations, incident.revision, event.connector);
    const change = { connector: event.connector, configurations, missingSince: null };
    if (incident.connector === null) return apply({ ...change, alerts: incident.alerts.map(linkedByNearness) });
    return looksDifferent(incident.connector, event.connector) ? apply(change, { kind: 'update_card' }) : apply(change);
  },

  observed_missing(_incident, event) {
    return apply({ missingSince: event.readBeganAt }, { kind: 'look_again' });
  },

  observed_clear(incident, event) {
    const ending = isOurs(incident) ? 'two_admins' : 'elsewhere';
    return over(incident, event.at, ending, { kind: 'post_reply', reply: { kind: 'unblocked', by: ending } });
  },

  connector_removed(incident, event) {
    return over(incident, event.at, 'connector_removed', { kind: 'post_reply', reply: { kind: 'connector_removed' } });
  },

  alert_linked(incident, event) {
    const known = incident.alerts.find((alert) => alert.id === event.alert.id);
    if (known !== undefined && sameAlert(known, event.alert)) return ignore('the alert is known as it is');
    const alerts = [...incident.alerts.filter((alert) => alert.id !== event.alert.id), event.alert];
    const told: readonly Effect[] =
      known === undefined && FINAL_STATES.has(incident.state)
        ? [{ kind: 'update_card' }, { kind: 'update_alert', alertId: event.alert.id }]
        : [];
    return apply({ alerts }, ...told);
  },

  alert_lapsed(_incident, event) {
    return apply({ endedAt: event.at, ending: event.why });
  },
};

function linkedByNearness(alert: LinkedAlert): LinkedAlert {
  return { ...alert, link: 'nearness' };
}

/** Whether the end of the restriction is the doing of the two admins who agreed here. */
function isOurs({ state, approval, unblockCall }: Incident): boolean {
  const asked = unblockCall !== null && unblockCall.approvalId === approval?.id && unblockCall.outcome !== 'refused';
  return asked && (state === 'unblocking' || state === 'verifying' || state === 'unblock_failed');
}

function over(incident: Incident, at: number, ending: Ending, reply: Effect): Step {
  const alertUpdates = incident.alerts.map(({ id }): Effect => ({ kind: 'update_alert', alertId: id }));
  return apply(
    { endedAt: at, ending, approval: overtaken(incident.approval, at), verifyBy: null },
    reply,
    ...alertUpdates,
  );
}

function overtaken(approval: Approval | null, at: number): Approval | null {
  return approval === null || approval.ending !== null ? approval : { ...approval, ending: { kind: 'overtaken', at } };
}

function looksDifferent(before: RestrictedConnector, after: RestrictedConnector): boolean {
  return (
    before.name !== after.name ||
    before.match !== after.match ||
    fingerprint(before.configuration) !== fingerprint(after.configuration)
  );
}
