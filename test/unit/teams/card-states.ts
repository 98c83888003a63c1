import { open } from '../../../src/incident/diff/open.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import type { LinkedAlert } from '../../../src/incident/model/linked-alert.ts';
import {
  AOI,
  approve,
  awaiting,
  BEN,
  breakGlassOver,
  breakGlassUnblocking,
  breakGlassVerifying,
  breakGlassWaiting,
  CONNECTOR,
  HOUR,
  play,
  refusedWith,
  restricted,
  T0,
  unblocking,
  verifying,
} from '../incident/history.ts';

/** A name that tries to be markdown, HTML, a template and a date. */
export const NASTY =
  '**bold** [x](https://evil.example) <img src=x onerror=alert(1)> ${name} {{DATE(2026-01-01T00:00:00Z)}}';

const ALERT: LinkedAlert = {
  id: 'fa-synthetic',
  title: 'Suspicious connector activity',
  status: 'new',
  severity: 'high',
  webUrl: 'https://security.microsoft.com/alerts/fa-synthetic?tid=1',
  createdAt: T0,
  link: 'nearness',
};

const CHANGE = {
  id: 'change-1',
  operation: 'Set-InboundConnector',
  by: 'mail-admin@tenant.example',
  at: T0 - HOUR,
  subjects: ['relay from osaka'],
} as const;

const withAlert = (incident: Incident): Incident => ({ ...incident, alerts: [ALERT] });

/** One incident in every state, as people would meet it. */
export function everyState(): { readonly [name: string]: Incident } {
  const refused = refusedWith('The app lacks the role.');
  const looked = play(
    withAlert({
      ...restricted(),
      connector: { ...CONNECTOR, changedAt: T0 - HOUR, changedBy: CHANGE },
      previousIncidentId: 'before',
    }),
    { kind: 'acknowledge', at: T0 + 1, by: BEN },
    { kind: 'keep_restricted', at: T0 + 2, by: AOI, reason: 'Still investigating' },
  );
  const busy = play(
    unblocking(),
    { kind: 'unblock_intended', at: T0 + 3, authorizationId: 'approval-1' },
    {
      ...{ kind: 'unblock_outcome_unknown', at: T0 + 4, authorizationId: 'approval-1', requestId: null, busy: true },
      ...{ words: 'You have reached the maximum number of concurrent requests per tenant.', verifyBy: T0 + HOUR },
    },
  );
  const changes = [{ property: 'SenderIPAddresses', before: ['192.0.2.10'], after: ['198.51.100.7'] }];
  const cause = { kind: 'configuration_changed', changes } as const;
  return {
    alerted: open({
      id: 'incident-1',
      seq: 0,
      at: T0,
      connector: null,
      alerts: [{ ...ALERT, link: 'unlinked' }],
      previousIncidentId: null,
    }).incident,
    restricted: looked,
    awaiting_confirmation: withAlert(awaiting()),
    rejected: play(awaiting(), {
      kind: 'reject',
      at: T0 + 2,
      by: BEN,
      approvalId: 'approval-1',
      reason: 'Not safe yet',
    }),
    voided: play(awaiting(), { kind: 'approval_voided', at: T0 + 2, approvalId: 'approval-1', cause }),
    voided_by_first_sight: play(
      { ...restricted(), connector: { ...CONNECTOR, configuration: null, match: 'unreadable' } },
      approve(AOI, T0 + 1, 'approval-1'),
      { kind: 'observed_restricted', at: T0 + 2, readSeq: T0 + 2, connector: CONNECTOR },
      { kind: 'approval_voided', at: T0 + 2, approvalId: 'approval-1', cause },
    ),
    unblocking: unblocking(),
    verifying: verifying(),
    verifying_busy: busy,
    break_glass_waiting: withAlert(breakGlassWaiting()),
    break_glass_unblocking: breakGlassUnblocking(),
    break_glass_verifying: breakGlassVerifying(),
    break_glass_stopped: play(breakGlassWaiting(), {
      kind: 'stop_break_glass',
      at: T0 + 2,
      by: BEN,
      breakGlassId: 'act-1',
    }),
    break_glass_voided: play(breakGlassWaiting(), {
      kind: 'break_glass_voided',
      at: T0 + 2,
      breakGlassId: 'act-1',
      cause,
    }),
    review_due: breakGlassOver(),
    reviewed: play(breakGlassOver(), {
      kind: 'review_break_glass',
      at: T0 + 2 * HOUR,
      by: BEN,
      breakGlassId: 'act-1',
      comment: 'Justified: nobody else could be reached.',
    }),
    unblock_failed: refused,
    unblock_failed_busy: play(busy, { kind: 'verification_timed_out', at: T0 + HOUR }),
    unblocked: play(verifying(), { kind: 'observed_clear', at: T0 + 9, readSeq: T0 + 8 }),
    closed: play(restricted(), { kind: 'connector_removed', at: T0 + 9, readSeq: T0 + 8 }),
    nasty: withAlert({ ...restricted(), connector: { ...CONNECTOR, name: NASTY, restrictionReason: NASTY } }),
  };
}
