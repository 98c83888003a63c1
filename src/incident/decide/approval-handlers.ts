import { type Approval, type ApprovalEnding, isSamePerson } from '../model/approval.ts';
import { attest } from '../model/attest.ts';
import { currentAct } from '../model/break-glass-acts.ts';
import { approvalCode } from '../model/code.ts';
import type { Effect } from '../model/effects.ts';
import type { ApprovalClick, IncidentEvent } from '../model/events.ts';
import { type ConfigurationChange, changes, configurationOf, fingerprint } from '../model/fingerprint.ts';
import type { Incident } from '../model/incident.ts';
import { newDangers } from '../model/new-danger.ts';
import { exceedsQuestionLimit } from '../model/questions.ts';
import { isReadable } from '../model/reason.ts';
import { acknowledgementOf, RECOMMENDATIONS, toAcknowledge } from '../model/recommendations.ts';
import { withRemark } from '../model/remarks.ts';
import { changedSinceShown, showsEarlierState } from '../model/shown.ts';
import { apply, type HandlerResult, type Handlers, ignore, refuse, tooEarly } from './handler.ts';

/** Handles the decisions of people, and the endings of an approval without them. */
export const approvalHandlers: Handlers<
  ApprovalClick | 'unlink_alert' | 'approval_expired' | 'approval_voided' | 'change_attributed'
> = {
  approve(incident, event) {
    if (incident.connector?.raw !== undefined) return refuse({ reason: 'connector_without_id' });
    const changed = changedSinceShown(incident, event.shown);
    if (changed !== null) return refuse({ reason: 'configuration_changed', changes: changed });
    if (showsEarlierState(incident, event.shown)) return refuse({ reason: 'stale_card' });
    const dangers = toAcknowledge(incident.findings);
    const acknowledged = dangers.filter((check) => event.attested.includes(acknowledgementOf(check)));
    const reviewed = RECOMMENDATIONS.filter((id) => event.attested.includes(id));
    if (reviewed.length < RECOMMENDATIONS.length) return refuse({ reason: 'recommendations_not_attested' });
    const checks = dangers.filter((check) => !acknowledged.includes(check));
    if (checks.length > 0) return refuse({ reason: 'findings_not_acknowledged', checks });
    if (!isReadable(event.reason)) return refuse({ reason: 'reason_missing' });
    const approval = newApproval(incident, event, [...reviewed, ...acknowledged.map(acknowledgementOf)]);
    return apply(
      { approval },
      { kind: 'post_reply', reply: { kind: 'approval_waiting', approval } },
      { kind: 'expire_approval', approvalId: approval.id, at: approval.expiresAt },
      // The second admin compares the findings at the approval with the present ones.
      { kind: 'gather_findings', cause: 'approved' },
    );
  },

  confirm: onShownApproval((incident, event, approval) => {
    if (isSamePerson(approval.approver, event.by)) return refuse({ reason: 'own_approval' });
    const changed = changedSinceShown(incident, event.shown) ?? changedSince(incident, approval);
    if (changed !== null) return refuse({ reason: 'configuration_changed', changes: changed });
    const findings = newDangers(incident, approval, event.shown);
    if (findings.length > 0) return refuse({ reason: 'findings_got_worse', findings, code: approvalCode(approval) });
    const confirmed = {
      ...end(approval, { kind: 'confirmed', by: event.by, at: event.at }),
      confirmer: event.by,
      confirmedAt: event.at,
      ...(event.shown === undefined ? {} : { confirmedShown: event.shown }),
    };
    const authorizationId = approval.id;
    return apply({ approval: confirmed, authorizationId }, { kind: 'unblock_connector', authorizationId });
  }),

  reject: onShownApproval((_incident, event, approval) => {
    if (isSamePerson(approval.approver, event.by)) return refuse({ reason: 'withdraw_instead' });
    return ended(approval, { kind: 'rejected', by: event.by, at: event.at, reason: event.reason });
  }),

  withdraw: onShownApproval((_incident, event, approval) => {
    if (!isSamePerson(approval.approver, event.by)) {
      return refuse({ reason: 'not_your_approval', approver: approval.approver.name });
    }
    return ended(approval, { kind: 'withdrawn', by: event.by, at: event.at });
  }),

  ask: onShownApproval((incident, event, approval) => {
    const { by, at } = event;
    if (isSamePerson(approval.approver, by)) return refuse({ reason: 'own_question' });
    if (!isReadable(event.question)) return refuse({ reason: 'question_missing' });
    if (exceedsQuestionLimit(incident, by, at)) return refuse({ reason: 'too_many_questions' });
    const question = event.question.trim();
    const remark = { kind: 'ask', by, at, reason: question } as const;
    // The card is not redrawn, because that would empty a form that a person is filling in.
    return apply(
      { remarks: withRemark(incident.remarks, remark) },
      { kind: 'post_reply', reply: { kind: 'question', approval, by, question } },
    );
  }),

  acknowledge(incident, event) {
    const remark = { kind: 'acknowledge', by: event.by, at: event.at, reason: null } as const;
    return apply({ remarks: [...incident.remarks, remark] }, { kind: 'update_card' });
  },

  keep_restricted(incident, event) {
    if (!isReadable(event.reason)) return refuse({ reason: 'reason_missing' });
    const remark = { kind: 'keep_restricted', by: event.by, at: event.at, reason: event.reason } as const;
    return apply({ remarks: withRemark(incident.remarks, remark) }, { kind: 'update_card' });
  },

  unlink_alert(incident, event) {
    const { alerts, unlinkedAlerts = [] } = incident;
    const alert = alerts.find(({ id }) => id === event.alertId);
    if (alert?.link !== 'nearness') return refuse({ reason: 'alert_not_linked_by_time' });
    const apart = { ...alert, link: 'unlinked', keepApart: true } as const;
    const rest = alerts.filter(({ id }) => id !== alert.id);
    return apply(
      { alerts: rest, unlinkedAlerts: [...unlinkedAlerts, apart] },
      { kind: 'update_card' },
      { kind: 'reconcile' },
    );
  },

  approval_expired(incident, event) {
    const { approval } = incident;
    if (approval === null || approval.id !== event.approvalId) return ignore('a later approval is waiting');
    if (event.at < approval.expiresAt) return tooEarly('the approval has not expired', approval.expiresAt);
    return ended(approval, { kind: 'expired', at: event.at });
  },

  approval_voided(incident, event) {
    const { approval, unblockCall } = incident;
    const isCurrent = approval?.id === event.approvalId && currentAct(incident) === null;
    if (approval === null || !isCurrent) return ignore('another authorization is in force');
    if (unblockCall?.authorizationId === approval.id) return ignore('Exchange has already been called');
    const attribution = { kind: 'attribute_change', approvalId: approval.id } as const;
    // Settings that were unknown before may not have changed at all.
    const isChange = event.cause.kind === 'configuration_changed' && approval.fingerprint !== null;
    const wanted = isChange ? [attribution] : [];
    return ended(approval, { kind: 'voided', at: event.at, cause: event.cause }, ...wanted);
  },

  change_attributed(incident, event) {
    const { approval } = incident;
    const ending = approval?.ending;
    if (approval?.id !== event.approvalId || ending?.kind !== 'voided') return ignore('another approval is in force');
    const { cause } = ending;
    if (cause.kind !== 'configuration_changed' || cause.edits !== undefined) return ignore('nothing to attribute');
    const attributed = end(approval, { ...ending, cause: { ...cause, edits: event.edits } });
    return apply({ approval: attributed }, { kind: 'update_card' });
  },
};

function newApproval(incident: Incident, event: IncidentEvent<'approve'>, attested: readonly string[]): Approval {
  return {
    id: event.approvalId,
    approver: event.by,
    approvedAt: event.at,
    expiresAt: event.expiresAt,
    reason: event.reason.trim(),
    attested,
    attestation: attest(incident, attested, event.cardTexts),
    fingerprint: fingerprintNow(incident),
    confirmer: null,
    confirmedAt: null,
    ending: null,
  };
}

/** Returns the differences from the approved configuration; null when there are none. */
function changedSince(incident: Incident, approval: Approval): readonly ConfigurationChange[] | null {
  if (fingerprintNow(incident) === approval.fingerprint) return null;
  return changes(configurationOf(approval.fingerprint), incident.connector?.configuration ?? null);
}

function fingerprintNow({ connector }: Incident): string | null {
  return fingerprint(connector?.configuration ?? null);
}

/** Handles a decision on the waiting approval. Refuses one on another approval, and a confirmation of an expired one. */
function onShownApproval<K extends 'confirm' | 'reject' | 'withdraw' | 'ask'>(
  handle: (incident: Incident, event: IncidentEvent<K>, approval: Approval) => HandlerResult,
) {
  return (incident: Incident, event: IncidentEvent<K>): HandlerResult => {
    const { approval } = incident;
    if (approval === null || approval.id !== event.approvalId) return refuse({ reason: 'approval_not_current' });
    if (event.kind === 'confirm' && event.at >= approval.expiresAt) return refuse({ reason: 'approval_expired' });
    return handle(incident, event, approval);
  };
}

function end(approval: Approval, ending: ApprovalEnding): Approval {
  return { ...approval, ending };
}

function ended(approval: Approval, ending: ApprovalEnding, ...more: readonly Effect[]): HandlerResult {
  const after = end(approval, ending);
  return apply(
    { approval: after },
    { kind: 'post_reply', reply: { kind: 'approval_ended', approval: after } },
    ...more,
  );
}
