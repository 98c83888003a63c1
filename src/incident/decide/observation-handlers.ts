import type { Approval } from '../model/approval.ts';
import { askedAct, currentAct } from '../model/break-glass-acts.ts';
import type { RestrictedConnector } from '../model/connector.ts';
import type { Effect, Reply } from '../model/effects.ts';
import type { Ending } from '../model/ending.ts';
import { fingerprint } from '../model/fingerprint.ts';
import type { Incident, UnblockCall } from '../model/incident.ts';
import { FINAL_STATES } from '../model/incident.ts';
import { sameAlert } from '../model/link.ts';
import type { LinkedAlert } from '../model/linked-alert.ts';
import { namedDirectly } from '../model/names.ts';
import { showingFrom } from '../model/shown.ts';
import { withAct } from './break-glass-handlers.ts';
import { apply, type HandlerResult, type Handlers, ignore } from './handler.ts';

/** Handles what readings of Exchange and Defender show. */
export const observationHandlers: Handlers<
  | 'observed_restricted'
  | 'observed_missing'
  | 'observed_clear'
  | 'connector_removed'
  | 'alert_linked'
  | 'alert_moved'
  | 'alert_lapsed'
> = {
  observed_restricted(incident, event) {
    const configurations = showingFrom(incident.configurations, incident.revision, event.connector);
    const connector = { connector: event.connector, configurations, missingSince: null };
    if (incident.connector === null) {
      const alerts = incident.alerts.map((alert) => linkedTo(alert, event.connector));
      return apply({ ...connector, alerts }, { kind: 'gather_findings', cause: 'opened' });
    }
    const change = { ...connector, changedSeq: event.readSeq };
    if (!isShownDifferently(incident.connector, event.connector)) return apply(change);
    return apply(change, { kind: 'update_card' }, { kind: 'gather_findings', cause: 'changed' });
  },

  observed_missing(_incident, event) {
    return apply({ missingSince: event.readSeq, changedSeq: event.readSeq }, { kind: 'reconcile' });
  },

  observed_clear(incident, event) {
    const reply = attributed(incident);
    const ending = reply.kind === 'unblocked' ? reply.by : 'break_glass';
    return over(incident, event.at, ending, { kind: 'post_reply', reply });
  },

  connector_removed(incident, event) {
    return over(incident, event.at, 'connector_removed', { kind: 'post_reply', reply: { kind: 'connector_removed' } });
  },

  alert_linked(incident, event) {
    const known = incident.alerts.find((alert) => alert.id === event.alert.id);
    if (known === undefined && event.alert.link !== 'named' && isUnlinked(incident, event.alert.id))
      return ignore('a person unlinked the alert from this connector');
    const alert = known === undefined ? event.alert : keepLink(known, event.alert);
    if (known !== undefined && sameAlert(known, alert)) return ignore('the alert has not changed');
    const alerts = [...incident.alerts.filter(({ id }) => id !== alert.id), alert];
    const updates: readonly Effect[] =
      known === undefined && FINAL_STATES.has(incident.state)
        ? [{ kind: 'update_card' }, { kind: 'update_alert', alertId: event.alert.id }]
        : [];
    return apply({ alerts }, ...updates);
  },

  alert_moved(incident, event) {
    const alerts = incident.alerts.filter(({ id }) => id !== event.alertId);
    if (alerts.length === incident.alerts.length) return ignore('the incident does not have this alert');
    return apply({ alerts }, { kind: 'update_card' });
  },

  alert_lapsed(_incident, event) {
    return apply({ endedAt: event.at, ending: event.why });
  },
};

/** Links the alert of an `alerted` incident to the connector found for it. */
function linkedTo({ said, ...alert }: LinkedAlert, connector: RestrictedConnector): LinkedAlert {
  const [naming] = namedDirectly(said ?? '', [connector]);
  if (naming !== undefined) return { ...alert, link: 'named', namedBy: naming.by };
  return { ...alert, link: 'nearness', ...(said === undefined ? {} : { said }) };
}

function isUnlinked({ unlinkedAlerts = [] }: Incident, alertId: string): boolean {
  return unlinkedAlerts.some(({ id }) => id === alertId);
}

const STRENGTH = { unlinked: 0, nearness: 1, named: 2 } as const;

/** Keeps the more certain of two links, because an update of an alert never makes its link less certain. */
function keepLink(known: LinkedAlert, update: LinkedAlert): LinkedAlert {
  if (STRENGTH[update.link] >= STRENGTH[known.link]) return update;
  const { link, namedBy } = known;
  return { ...update, link, ...(namedBy === undefined ? {} : { namedBy }) };
}

/** Returns how the restriction ended: by the call on the authorization in force, perhaps by an earlier call, or elsewhere. */
function attributed(incident: Incident): Extract<Reply, { readonly kind: 'unblocked' | 'break_glass_unblocked' }> {
  const { state, authorizationId, unblockCall } = incident;
  if (unblockCall === null || !mayHaveActed(unblockCall)) return { kind: 'unblocked', by: 'elsewhere' };
  const isInForce = state === 'unblocking' || state === 'verifying' || state === 'unblock_failed';
  if (!isInForce || unblockCall.authorizationId !== authorizationId) return { kind: 'unblocked', by: 'earlier_call' };
  const act = askedAct(incident);
  return act === null ? { kind: 'unblocked', by: 'two_admins' } : { kind: 'break_glass_unblocked', act };
}

function mayHaveActed({ outcome }: UnblockCall): boolean {
  return outcome !== 'refused' && outcome !== 'not_called';
}

function over(incident: Incident, at: number, ending: Ending, reply: Effect): HandlerResult {
  const alertUpdates = incident.alerts.map(({ id }): Effect => ({ kind: 'update_alert', alertId: id }));
  return apply(
    {
      endedAt: at,
      ending,
      approval: overtaken(incident.approval, at),
      breakGlassActs: overtakenActs(incident, at),
      verifyBy: null,
    },
    reply,
    ...alertUpdates,
  );
}

function overtaken(approval: Approval | null, at: number): Approval | null {
  return approval === null || approval.ending !== null ? approval : { ...approval, ending: { kind: 'overtaken', at } };
}

/** Ends the present act as overtaken when it has not called Exchange yet, because it no longer will. */
function overtakenActs(incident: Incident, at: number): Incident['breakGlassActs'] {
  const act = currentAct(incident);
  if (act === null || act.askedAt !== null) return incident.breakGlassActs;
  return withAct(incident, { ...act, ending: { kind: 'overtaken', at } });
}

function isShownDifferently(before: RestrictedConnector, after: RestrictedConnector): boolean {
  return (
    before.name !== after.name ||
    before.match !== after.match ||
    before.changedBy?.id !== after.changedBy?.id ||
    fingerprint(before.configuration) !== fingerprint(after.configuration)
  );
}
