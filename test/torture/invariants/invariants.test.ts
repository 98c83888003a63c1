import assert from 'node:assert/strict';
import type { Evidence } from '../evidence.ts';
import { alertsTold } from './alerts-told.ts';
import { violationsIn } from './all.ts';
import {
  APPROVER,
  CONFIRMER,
  entry,
  incident,
  leftOver,
  pressed,
  REASON,
  sound,
  withDatabase,
  withTenant,
} from './history.ts';
import { reachedEnd } from './reached-end.ts';

const guessed = (alerts: typeof incident.alerts) => alerts.map((alert) => ({ ...alert, link: 'nearness' as const }));

type Spoiled = readonly [rule: string, invariant: string, evidence: Evidence];

const { tenant, database } = sound;
const [call = assert.fail()] = tenant.removeCalls;
const [approval = assert.fail()] = database.approvals;
const [shown = assert.fail()] = tenant.configurations;
const [period = assert.fail()] = tenant.periods;
const [card = assert.fail()] = tenant.cards;
const [alert = assert.fail()] = tenant.alerts;
const [approved = assert.fail(), confirmed = assert.fail()] = sound.presses;

/** One bad record for each part of an invariant. */
const imaginary: typeof incident = {
  ...incident,
  ...{ drill: true, alerts: [] },
  connector: incident.connector && { ...incident.connector, id: '00000000-0000-4000-8000-00000000d111' },
};

const SPOILED: readonly Spoiled[] = [
  ['a call nobody approved', 'two people', withTenant({ removeCalls: [{ ...call, reason: 'because' }] })],
  ['a call for another connector', 'two people', withTenant({ removeCalls: [{ ...call, connectorId: 'other' }] })],
  ['a call nobody confirmed', 'two people', { ...sound, presses: [approved] }],
  ['a call before the confirmation', 'two people', withTenant({ removeCalls: [{ ...call, at: 25_000 }] })],
  ['a confirmation by the approver', 'two people', { ...sound, presses: [approved, { ...confirmed, by: APPROVER }] }],
  [
    'an approver on record as confirmer',
    'two people',
    withDatabase({ approvals: database.approvals.map((it) => ({ ...it, confirmer: it.approver })) }),
  ],
  ['a forged confirmation', 'two people', { ...sound, presses: [approved, { ...confirmed, genuine: false }] }],
  [
    'a confirmation of another approval',
    'two people',
    { ...sound, presses: [approved, { ...confirmed, approvalId: 'x' }] },
  ],
  [
    'an approver who is not checked again',
    'two people',
    withTenant({ checks: tenant.checks.filter(({ of }) => of !== APPROVER) }),
  ],
  ['a confirmer who is checked once', 'two people', withTenant({ checks: tenant.checks.slice(0, 3) })],
  [
    'an approver who lost the right before the call',
    'two people',
    withTenant({ eligibility: [...tenant.eligibility, { at: 31_000, ids: new Set([CONFIRMER]) }] }),
  ],
  [
    'a confirmer who never had the right',
    'two people',
    withTenant({ eligibility: [{ at: 0, ids: new Set([APPROVER]) }] }),
  ],
  [
    'a call for a connector that was changed after the approval',
    'approved configuration',
    withTenant({ configurations: [...tenant.configurations, { ...shown, at: 25_000, addresses: ['192.0.2.9'] }] }),
  ],
  ...(['rejected', 'withdrawn', 'expired', 'voided'] as const).map((kind): Spoiled => {
    const ending = {
      kind,
      at: 31_000,
      by: approval.approver,
      reason: null,
      cause: { kind: 'could_not_recheck', words: '' },
    };
    const approvals = [{ ...approval, ending: ending as typeof approval.ending }];
    return [`a call on an approval that was ${kind}`, 'approved configuration', withDatabase({ approvals })];
  }),
  [
    'a call on an approval that was confirmed after its time',
    'approved configuration',
    withDatabase({ approvals: [{ ...approval, expiresAt: 30_000 }] }),
  ],
  ['two calls for one confirmation', 'one call', withTenant({ removeCalls: [call, { ...call, at: 36_000 }] })],
  ['a card posted twice', 'one card', withTenant({ cards: [card, { ...card, activityId: '2' }] })],
  ['an incident without a card', 'one card', withTenant({ cards: [] })],
  [
    'a card in an older state',
    'one card',
    withTenant({ cards: [{ ...card, headline: 'Verifying: Exchange was asked' }] }),
  ],
  ['a card of another connector', 'one card', withTenant({ cards: [{ ...card, text: 'Relay 2' }] })],
  [
    'a drill that is lifted at Exchange',
    'drills imaginary',
    withDatabase({ incidents: [{ ...incident, drill: true }] }),
  ],
  [
    'a drill whose approval lifted another connector',
    'drills imaginary',
    { ...withDatabase({ incidents: [imaginary] }), tenant: { ...tenant, alerts: [], cards: [] } },
  ],
  [
    'a drill that took an alert',
    'drills imaginary',
    withDatabase({ incidents: [{ ...imaginary, alerts: incident.alerts }], approvals: [] }),
  ],
  [
    'the card of a drill that looks real',
    'drills imaginary',
    { ...withDatabase({ incidents: [imaginary], approvals: [] }), tenant: { ...tenant, alerts: [] } },
  ],
  ['a restriction that a drill hides', 'one incident', withDatabase({ incidents: [imaginary] })],
  ['a restriction nobody noticed', 'one incident', withTenant({ periods: [period, { ...period, from: 50_000 }] })],
  [
    'an incident of no restriction',
    'one incident',
    withDatabase({ incidents: [incident, { ...incident, id: 'incident-2' }] }),
  ],
  [
    'an alert that was guessed for two incidents',
    'one incident',
    withDatabase({
      incidents: [incident, { ...incident, id: 'incident-2', connector: null, alerts: guessed(incident.alerts) }],
    }),
  ],
  ['an alert without an incident', 'one incident', withDatabase({ incidents: [{ ...incident, alerts: [] }] })],
  [
    'an incident that does not end',
    'reached its end',
    withDatabase({ incidents: [{ ...incident, state: 'verifying' }] }),
  ],
  [
    'an end while Exchange lists the connector',
    'reached its end',
    withTenant({ periods: [{ ...period, until: null }] }),
  ],
  [
    'an unblock that is not claimed',
    'reached its end',
    withDatabase({ incidents: [{ ...incident, ending: 'elsewhere' }] }),
  ],
  ['an unblock nobody made', 'reached its end', withTenant({ removeCalls: [] })],
  [
    'an alert that stays open alone',
    'reached its end',
    withDatabase({ incidents: [incident, { ...incident, id: 'incident-2', connector: null, state: 'alerted' }] }),
  ],
  [
    'a broken audit trail',
    'audit complete',
    withDatabase({ verdict: { kind: 'broken', seq: 2, reason: 'it was changed' } }),
  ],
  [
    'an accepted click without its entry',
    'audit complete',
    withDatabase({ audit: database.audit.filter(({ action }) => action !== 'confirm') }),
  ],
  ['a card without its entry', 'audit complete', withDatabase({ audit: database.audit.slice(0, 3) })],
  [
    'an entry of a click nobody made',
    'audit complete',
    withDatabase({ audit: [...database.audit, entry({ seq: 5, action: 'reject', actor_id: `t/${CONFIRMER}` })] }),
  ],
  ['a notification answered 202 and forgotten', 'nothing lost', withTenant({ looks: [5_000] })],
  [
    'a job that was set aside',
    'nothing lost',
    withDatabase({ jobs: [leftOver({ task: 'reconcile', state: 'dead' })] }),
  ],
  ['a job that is never done', 'nothing lost', withDatabase({ jobs: [leftOver({})] })],
  [
    'a job for later that has failed',
    'nothing lost',
    withDatabase({ jobs: [leftOver({ task: 'remind', attempts: 3 })] }),
  ],
  [
    'a forged notification that is taken',
    'forgeries refused',
    { ...sound, notices: [{ what: 'a forgery', at: 1, genuine: false, status: 202 }] },
  ],
  [
    'a forged click that takes effect',
    'forgeries refused',
    { ...sound, presses: [...sound.presses, { ...approved, genuine: false }] },
  ],
  [
    'a forged click that makes the service fail',
    'forgeries refused',
    { ...sound, presses: [...sound.presses, pressed({ genuine: false, status: 500, reason: REASON })] },
  ],
  [
    'a notification that is answered 500',
    'proper answers',
    { ...sound, notices: [{ what: 'a notification', at: 1, genuine: true, status: 500 }] },
  ],
  [
    'a click that is answered without a sentence',
    'proper answers',
    { ...sound, presses: [...sound.presses, pressed({ status: 200 })] },
  ],
  ['an alert without a comment', 'alerts told', withTenant({ alerts: [{ ...alert, comments: [] }] })],
  [
    'an alert with two comments',
    'alerts told',
    withTenant({ alerts: [{ ...alert, comments: [...alert.comments, ...alert.comments] }] }),
  ],
  ['an alert left open after our unblock', 'alerts told', withTenant({ alerts: [{ ...alert, status: 'new' }] })],
  ['a secret in the log', 'quiet logs', { ...sound, logs: ['{"level":"info","msg":"swordfish"}'] }],
  [
    'a token in the log',
    'quiet logs',
    { ...sound, logs: [`{"level":"info","msg":"eyJhbGciOiJSUzI1.eyJhdWQiOiJodHR.c2lnbmF0dXJl"}`] },
  ],
  [
    'an error in the log',
    'quiet logs',
    { ...sound, logs: ['{"level":"error","err":{"message":"x is undefined"},"msg":"oh"}'] },
  ],
  [
    'a bug in a job',
    'quiet logs',
    { ...sound, logs: ['{"level":"warn","err":{"message":"x is undefined"},"msg":"job failed"}'] },
  ],
  [
    'a bug while the database is away',
    'quiet logs',
    { ...sound, databaseTroubled: true, logs: ['{"level":"error","err":{"message":"x is undefined"}}'] },
  ],
  ['a stack on standard error', 'quiet logs', { ...sound, logs: ["    throw er; // Unhandled 'error' event"] }],
  [
    'a process that ends by itself',
    'quiet logs',
    { ...sound, exits: [{ replica: 'replica 1', code: 1, signal: null, ordered: false }] },
  ],
];

describe('what must hold after a trial', () => {
  it('holds for a trial that went well', () => assert.deepEqual(violationsIn(sound), []));

  it('holds when a notification was turned away for a while, which Graph repeats', () => {
    const line = '{"level":"error","times":1,"code":"late","msg":"notifications were turned away"}';
    assert.deepEqual(violationsIn({ ...sound, logs: [line] }), []);
  });

  for (const [rule, invariant, evidence] of SPOILED) {
    it(`"${invariant}" finds ${rule}`, () => {
      const found = violationsIn(evidence).map((violation) => violation.invariant);
      assert.ok(found.includes(invariant), `found only: ${JSON.stringify(violationsIn(evidence))}`);
    });
  }

  it('lets an alert stay open whose last restriction went otherwise', () => {
    const later = { ...incident, id: 'incident-2', endedAt: 99_000, ending: 'elsewhere' as const };
    const comments = [...alert.comments, 'No longer restricted (Connector Guard, incident incident-2)'];
    const evidence = {
      ...withDatabase({ incidents: [incident, later] }),
      tenant: { ...tenant, alerts: [{ ...alert, status: 'new', comments }] },
    };
    assert.deepEqual(alertsTold(evidence), []);
  });

  it('goes by when a restriction began, not by when its incident was opened', () => {
    const byPortal = { ...period, from: 1_000, until: 9_000, endedBy: 'portal' as const };
    const { connector } = incident;
    assert.ok(connector);
    const before = { ...connector, restrictedSince: byPortal.from };
    const openedLater = { ...incident, openedAt: 12_000, connector: before, ending: 'elsewhere' as const };
    const incidents = [incident, openedLater];
    const evidence = { ...withDatabase({ incidents }), tenant: { ...tenant, periods: [byPortal, period] } };
    assert.deepEqual(reachedEnd(evidence), []);
  });

  it('does not take a database that was taken away for a bug', () => {
    const logs = ['{"level":"error","err":{"message":"connect ECONNREFUSED"},"msg":"the job table could not be read"}'];
    assert.deepEqual(violationsIn({ ...sound, logs, databaseTroubled: true }), []);
  });
});
