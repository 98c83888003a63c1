import type { Decision } from '../../../../src/incident/decide/decide.ts';
import type { IncidentEvent } from '../../../../src/incident/model/events.ts';
import { fingerprint } from '../../../../src/incident/model/fingerprint.ts';
import type { Incident } from '../../../../src/incident/model/incident.ts';
import { RECOMMENDATIONS } from '../../../../src/incident/model/recommendations.ts';
import { decide } from '../decide.ts';
import type { Decide } from './follow.ts';

/** The real decision function without one rule, and the message with which the properties must fail. */
export type Naive = { readonly title: string; readonly shows: RegExp; readonly decide: Decide };

export const NAIVE: readonly Naive[] = [
  {
    title: 'lets the approver confirm',
    shows: /^confirm when awaiting_confirmation/,
    decide: (incident, event) => {
      if (event.kind !== 'confirm') return decide(incident, event);
      const stranger = { ...event, by: { ...event.by, objectId: `not ${event.by.objectId}` } };
      const decision =
        decide(incident, event).kind === 'refused' ? decide(incident, stranger) : decide(incident, event);
      return changed(decision, ({ approval }) => ({ approval: approval && { ...approval, confirmer: event.by } }));
    },
  },
  {
    title: 'takes every answer for the approval in force',
    shows: /^(confirm|reject|withdraw) when \w+/,
    decide: (incident, event) =>
      event.kind === 'confirm' || event.kind === 'reject' || event.kind === 'withdraw'
        ? decide(incident, { ...event, approvalId: current(incident, event.approvalId) })
        : decide(incident, event),
  },
  {
    title: 'takes every outcome for the call in force',
    shows: /^unblock_accepted when unblocking/,
    decide: (incident, event) =>
      decide(
        incident,
        event.kind === 'unblock_accepted'
          ? { ...event, authorizationId: current(incident, event.authorizationId) }
          : event,
      ),
  },
  {
    title: 'confirms an approval that ran out',
    shows: /^confirm when awaiting_confirmation/,
    decide: (incident, event) => (event.kind === 'confirm' ? asIfAt(0, incident, event) : decide(incident, event)),
  },
  {
    title: 'confirms whatever the configuration is by now',
    shows: /^confirm when awaiting_confirmation/,
    decide: (incident, event) => {
      const { approval, connector } = incident;
      const decision = decide(incident, event);
      if (event.kind !== 'confirm' || approval === null || decision.kind !== 'refused') return decision;
      const print = fingerprint(connector?.configuration ?? null);
      return decide({ ...incident, approval: { ...approval, fingerprint: print } }, event);
    },
  },
  {
    title: 'confirms on a card that lacks what was found since',
    shows: /^confirm when awaiting_confirmation/,
    decide: (incident, event) => {
      const { approval } = incident;
      const known = event.kind === 'confirm' && approval !== null ? { ...approval, dangers: [] } : approval;
      return decide({ ...incident, approval: known }, event);
    },
  },
  {
    title: 'approves again when an approval is delivered again after its end',
    shows: /^(approve|break_glass) when (restricted|unblock_failed)/,
    decide: (incident, event) => {
      const decision = decide(incident, event);
      const isStale = decision.kind === 'refused' && decision.refusal.reason === 'stale_card';
      return isStale ? decide({ ...incident, stateRevision: undefined }, event) : decision;
    },
  },
  {
    title: 'expires an approval before its time',
    shows: /^approval_expired when awaiting_confirmation/,
    decide: (incident, event) =>
      event.kind === 'approval_expired' ? asIfAt(Number.MAX_SAFE_INTEGER, incident, event) : decide(incident, event),
  },
  {
    title: 'needs no ticked box',
    shows: /^approve when (restricted|unblock_failed)/,
    decide: (incident, event) =>
      decide(incident, event.kind === 'approve' ? { ...event, attested: RECOMMENDATIONS } : event),
  },
  {
    title: 'lets anybody withdraw',
    shows: /^withdraw when awaiting_confirmation/,
    decide: (incident, event) =>
      decide(incident, event.kind === 'withdraw' ? { ...event, by: incident.approval?.approver ?? event.by } : event),
  },
  {
    title: 'closes on one clear read',
    shows: /^observed_missing when \w+/,
    decide: (incident, event) =>
      decide(incident, event.kind === 'observed_missing' ? { ...event, kind: 'observed_clear' } : event),
  },
  {
    title: 'believes old reads',
    shows: /^(observed_\w+|connector_removed) when \w+/,
    decide: (incident, event) => decide('readSeq' in event ? { ...incident, changedSeq: 0 } : incident, event),
  },
  {
    title: 'asks Exchange again when a confirmation is delivered twice',
    shows: /^confirm when \w+\s.*'applied'.*'repeated'/s,
    decide: (incident, event) => {
      const decision = decide(incident, event);
      if (decision.kind !== 'repeated' || event.kind !== 'confirm') return decision;
      return { kind: 'applied', incident, effects: [{ kind: 'unblock_connector', authorizationId: event.approvalId }] };
    },
  },
  {
    title: 'voids an approval for which Exchange was asked',
    shows: /^approval_voided when unblocking/,
    decide: (incident, event) =>
      event.kind === 'approval_voided'
        ? changed(decide({ ...incident, unblockCall: null }, event), () => ({ unblockCall: incident.unblockCall }))
        : decide(incident, event),
  },
  {
    title: 'intends a second call',
    shows: /^unblock_intended when unblocking/,
    decide: (incident, event) =>
      decide(event.kind === 'unblock_intended' ? { ...incident, unblockCall: null } : incident, event),
  },
  {
    title: 'takes every refusal for one of the call that is verified',
    shows: /^unblock_refused when verifying/,
    decide: (incident, event) =>
      decide(
        incident,
        event.kind === 'unblock_refused' && incident.state === 'verifying'
          ? { ...event, authorizationId: incident.unblockCall?.authorizationId ?? event.authorizationId }
          : event,
      ),
  },
  {
    title: 'takes a refusal for the outcome of a call that was accepted',
    shows: /^unblock_refused when verifying/,
    decide: (incident, event) => {
      const { unblockCall } = incident;
      const isAccepted = event.kind === 'unblock_refused' && unblockCall?.outcome === 'accepted';
      return decide(
        isAccepted ? { ...incident, unblockCall: { ...unblockCall, outcome: 'unknown' } } : incident,
        event,
      );
    },
  },
  {
    title: 'ignores a refusal while it verifies',
    shows: /^unblock_refused when verifying/,
    decide: (incident, event) =>
      event.kind === 'unblock_refused' && incident.state === 'verifying'
        ? { kind: 'ignored', reason: 'verifying' }
        : decide(incident, event),
  },
  {
    title: 'gives up verifying before its time',
    shows: /^verification_timed_out when (break_glass_)?verifying/,
    decide: (incident, event) =>
      decide(event.kind === 'verification_timed_out' ? { ...incident, verifyBy: null } : incident, event),
  },
  {
    title: 'credits the two admins for every end',
    shows: /^observed_clear when \w+/,
    decide: (incident, event) =>
      changed(decide(incident, event), ({ ending }) => ({ ending: ending === 'elsewhere' ? 'two_admins' : ending })),
  },
  {
    title: 'acts alone before the wait is over',
    shows: /^break_glass_due when break_glass_waiting/,
    decide: (incident, event) =>
      event.kind === 'break_glass_due' ? asIfAt(Number.MAX_SAFE_INTEGER, incident, event) : decide(incident, event),
  },
  {
    title: 'acts alone on an act that was stopped',
    shows: /^break_glass_due when restricted/,
    decide: (incident, event) =>
      event.kind === 'break_glass_due' && incident.state === 'restricted'
        ? decide({ ...incident, state: 'break_glass_waiting' }, event)
        : decide(incident, event),
  },
  {
    title: 'lets one person act while an approval waits',
    shows: /^break_glass when awaiting_confirmation/,
    decide: (incident, event) =>
      event.kind === 'break_glass' && incident.state === 'awaiting_confirmation'
        ? decide({ ...incident, state: 'restricted' }, event)
        : decide(incident, event),
  },
  {
    title: 'stops an act for which Exchange was asked',
    shows: /^stop_break_glass when unblocking/,
    decide: (incident, event) =>
      event.kind === 'stop_break_glass'
        ? decide({ ...incident, breakGlassActs: unasked(incident) }, event)
        : decide(incident, event),
  },
  {
    title: 'lets the person review what they did alone',
    shows: /^review_break_glass when unblocked/,
    decide: (incident, event) => {
      if (event.kind !== 'review_break_glass' || decide(incident, event).kind !== 'refused')
        return decide(incident, event);
      return decide(incident, { ...event, by: { ...event.by, objectId: `not ${event.by.objectId}` } });
    },
  },
  {
    title: 'takes a dry run for the doing of whoever agreed',
    shows: /^\w+ when \w+/,
    decide: (incident, event) => {
      const { unblockCall } = incident;
      const call =
        unblockCall?.outcome === 'not_called' ? { ...unblockCall, outcome: 'accepted' as const } : unblockCall;
      return changed(decide({ ...incident, unblockCall: call }, event), (after) => ({
        unblockCall: after.unblockCall === call ? unblockCall : after.unblockCall,
      }));
    },
  },
  {
    title: 'links an alert again that a person took off',
    shows: /^alert_linked when \w+/,
    decide: (incident, event) => {
      if (event.kind !== 'alert_linked') return decide(incident, event);
      const { unlinkedAlerts } = incident;
      return changed(decide({ ...incident, unlinkedAlerts: [] }, event), () => ({ unlinkedAlerts }));
    },
  },
  {
    title: 'reminds without end',
    shows: /^remind when \w+/,
    decide: (incident, event) => {
      if (event.kind !== 'remind') return decide(incident, event);
      const { reminders } = incident;
      return changed(decide({ ...incident, reminders: [] }, event), (after) => ({
        reminders: [...reminders, ...after.reminders],
      }));
    },
  },
  {
    title: 'reopens what is over',
    shows: /^observed_restricted when unblocked/,
    decide: (incident, event) =>
      event.kind === 'observed_restricted' && incident.state === 'unblocked'
        ? decide({ ...incident, state: 'restricted' }, event)
        : decide(incident, event),
  },
  {
    title: 'forgets the card',
    shows: /asks for no card/,
    decide: (incident, event) => {
      const decision = decide(incident, event);
      if (decision.kind !== 'applied') return decision;
      return { ...decision, effects: decision.effects.filter(({ kind }) => kind !== 'update_card') };
    },
  },
];

function unasked({ breakGlassActs }: Incident): Incident['breakGlassActs'] {
  return breakGlassActs.map((act) => ({ ...act, askedAt: null }));
}

function current({ approval }: Incident, id: string): string {
  return approval?.id ?? id;
}

/** Decides an event at another time than the one it is recorded with. */
function asIfAt(at: number, incident: Incident, event: IncidentEvent): Decision {
  return changed(decide(incident, { ...event, at }), () => ({ changedSeq: event.at }));
}

function changed(decision: Decision, change: (incident: Incident) => Partial<Incident>): Decision {
  if (decision.kind !== 'applied') return decision;
  return { ...decision, incident: { ...decision.incident, ...change(decision.incident) } };
}
