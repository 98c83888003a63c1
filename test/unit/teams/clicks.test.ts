import assert from 'node:assert/strict';
import type { ClickKind, IncidentEvent } from '../../../src/incident/model/events.ts';
import type { Incident } from '../../../src/incident/model/incident.ts';
import { RECOMMENDATIONS } from '../../../src/incident/model/recommendations.ts';
import { UpstreamError } from '../../../src/shared/errors.ts';
import type { Sender } from '../../../src/teams/transport/incoming.ts';
import { createAnswerClick } from '../../../src/teams/turns/answer-click.ts';
import { type Act, type ChangingClick, createClicks } from '../../../src/teams/turns/clicks.ts';
import type { CheckEligible } from '../../../src/teams/turns/eligibility.ts';
import { createInvokes } from '../../../src/teams/turns/invokes.ts';
import { captureLog } from '../http/captured-log.ts';
import { decide } from '../incident/decide.ts';
import { AOI, BEN, HOUR, restricted, T0 } from '../incident/history.ts';

const TENANT = AOI.tenantId;
const OTHER_TENANT = '00000000-77aa-0b11-2c3d-9d8e7f6a5b4c';
const UNREACHABLE = new UpstreamError({
  service: 'graph',
  operation: 'GET /users/{id}',
  failure: 'unavailable',
  message: 'HTTP 503',
  effect: 'none',
});

const approve: ChangingClick = {
  verb: 'approve',
  incidentId: 'incident-1',
  reason: 'The printer is off.',
  attested: RECOMMENDATIONS,
};
const confirm: ChangingClick = { verb: 'confirm', incidentId: 'incident-1', approvalId: 'approval-1' };
const breakTheGlass: ChangingClick = { verb: 'break_glass', incidentId: 'incident-1', reason: 'Nobody answers.' };
const aoi: Sender = { ...AOI, name: 'aoi in Teams' };
const ben: Sender = { ...BEN, name: 'ben in Teams' };

describe('a click', () => {
  let incident: Incident;
  let events: IncidentEvent<ClickKind>[];
  let lookups: string[];
  let noted: string[];
  let checkEligible: CheckEligible;
  let emergency: CheckEligible | null;

  const act: Act = async (_incidentId, event) => {
    events.push(event);
    const decision = decide(incident, event);
    if (decision.kind === 'applied') incident = decision.incident;
    return decision;
  };
  const click = (changing: ChangingClick, sender: Sender, deadlineMs = 1000) => {
    const deps = {
      checkEligible,
      act,
      async noteRefused(_incidentId: string, verb: string, _sender: Sender, reason: string) {
        noted.push(`${verb}: ${reason}`);
      },
      finishFollowUp,
      newId: () => 'approval-1',
      clock: () => T0 + 1,
      confirmWithinMs: HOUR,
      breakGlass: emergency && { checkEligible: emergency, waitMs: HOUR },
      deadlineMs,
    };
    return createClicks({ ...deps, tenantId: TENANT })(changing, sender);
  };
  const refusalOf = async (outcome: ReturnType<typeof click>) => {
    const reply = await outcome;
    return reply.kind === 'refused' ? reply.refusal.reason : reply.kind;
  };

  beforeEach(() => {
    incident = restricted();
    events = [];
    lookups = [];
    noted = [];
    emergency = null;
    checkEligible = async (objectId) => {
      lookups.push(objectId);
      return { eligible: true, name: objectId === AOI.objectId ? AOI.name : BEN.name };
    };
  });

  it('of an eligible person becomes an event with the name the directory gives them', async () => {
    const outcome = await click(approve, aoi);
    assert.equal(outcome.kind, 'applied');
    assert.deepEqual(events, [
      {
        kind: 'approve',
        at: T0 + 1,
        by: AOI,
        approvalId: 'approval-1',
        expiresAt: T0 + 1 + HOUR,
        reason: 'The printer is off.',
        attested: RECOMMENDATIONS,
      },
    ]);
  });

  it('that breaks the glass is refused where break-glass is off, forged or not, and put on record', async () => {
    assert.equal(await refusalOf(click(breakTheGlass, aoi)), 'break_glass_off');
    assert.deepEqual(noted, ['break_glass: break_glass_off']);
    assert.deepEqual([lookups, events], [[], []]);
  });

  it('for break-glass checks only the emergency group', async () => {
    emergency = async (objectId) => {
      return objectId === BEN.objectId ? { eligible: true, name: BEN.name } : { eligible: false, reason: 'not_member' };
    };
    assert.equal(await refusalOf(click(breakTheGlass, aoi)), 'not_in_emergency_group');
    assert.deepEqual(lookups, [], 'whether they may approve says nothing here');
    assert.equal((await click(breakTheGlass, ben)).kind, 'applied');
    assert.equal(incident.breakGlassActs[0]?.actsAt, T0 + 1 + HOUR);
  });

  it('that stops or reviews break-glass checks the approver group', async () => {
    emergency = async () => ({ eligible: true, name: BEN.name });
    await click(breakTheGlass, ben);
    checkEligible = async () => ({ eligible: false, reason: 'not_member' });
    const stop = { verb: 'stop', incidentId: 'incident-1', breakGlassId: 'approval-1' } as const;
    assert.equal(await refusalOf(click(stop, aoi)), 'not_member');
    assert.equal(incident.state, 'break_glass_waiting');
  });

  it('queries the directory each time', async () => {
    await click(approve, aoi);
    await click(confirm, ben);
    assert.deepEqual(lookups, [AOI.objectId, BEN.objectId]);
    assert.equal(incident.state, 'unblocking');
  });

  it('of the approver does not confirm', async () => {
    await click(approve, aoi);
    assert.equal(await refusalOf(click(confirm, aoi)), 'own_approval');
    assert.equal(incident.state, 'awaiting_confirmation');
  });

  it('that arrives twice is distinguished from one that changed something', async () => {
    await click(approve, aoi);
    await click(confirm, ben);
    assert.equal((await click(confirm, ben)).kind, 'repeated');
  });

  const others: readonly [ChangingClick, Partial<IncidentEvent<ClickKind>>][] = [
    [{ verb: 'reject', incidentId: 'incident-1', approvalId: 'approval-1', reason: null }, { kind: 'reject' }],
    [{ verb: 'withdraw', incidentId: 'incident-1', approvalId: 'approval-1' }, { kind: 'withdraw' }],
    [{ verb: 'acknowledge', incidentId: 'incident-1' }, { kind: 'acknowledge' }],
    [{ verb: 'keep', incidentId: 'incident-1', reason: 'Still looking.' }, { kind: 'keep_restricted' }],
  ];
  for (const [changing, expected] of others) {
    it(`${changing.verb} becomes ${expected.kind}, for eligible people only`, async () => {
      await click(changing, aoi);
      assert.equal(events[0]?.kind, expected.kind);
      checkEligible = async () => ({ eligible: false, reason: 'not_member' });
      assert.equal(await refusalOf(click(changing, aoi)), 'not_member');
      assert.deepEqual(noted, [`${changing.verb}: not_member`]);
      assert.equal(events.length, 1);
    });
  }

  for (const reason of [
    'not_member',
    'no_active_role',
    'neither_member_nor_role',
    'guest',
    'account_disabled',
  ] as const) {
    it(`is refused and changes nothing when the directory returns ${reason}`, async () => {
      checkEligible = async () => ({ eligible: false, reason });
      assert.equal(await refusalOf(click(approve, aoi)), reason);
      assert.deepEqual(events, []);
    });
  }

  it('is refused without asking the directory when it comes from another tenant, or from no one tenant', async () => {
    assert.equal(await refusalOf(click(approve, { ...aoi, tenantId: OTHER_TENANT })), 'wrong_tenant');
    assert.equal(await refusalOf(click(approve, { ...aoi, tenantId: null })), 'wrong_tenant');
    assert.deepEqual([lookups, events], [[], []]);
  });

  it('is refused when Teams does not say whose it is', async () => {
    assert.equal(await refusalOf(click(approve, { ...aoi, objectId: null })), 'not_identified');
    assert.deepEqual([lookups, events], [[], []]);
  });

  it('is refused without asking the directory when it is a bot’s', async () => {
    assert.equal(await refusalOf(click(approve, { ...aoi, isBot: true })), 'not_a_person');
    assert.deepEqual([lookups, events], [[], []]);
  });

  it('is refused when the directory fails, in other words when it refuses to say', async () => {
    checkEligible = () => Promise.reject(UNREACHABLE);
    assert.equal(await refusalOf(click(approve, aoi)), 'directory_unreachable');
    for (const refusal of [
      { failure: 'forbidden' },
      { failure: 'unauthorized' },
      // An application that Entra does not know, or whose secret has expired.
      { service: 'entra', failure: 'unauthorized' },
      { service: 'entra', failure: 'rejected' },
    ] as const) {
      const details = { ...UNREACHABLE.details, ...refusal };
      checkEligible = () => Promise.reject(new UpstreamError(details));
      assert.equal(await refusalOf(click(approve, aoi)), 'directory_refused', JSON.stringify(refusal));
    }
    const noToken = { ...UNREACHABLE.details, service: 'entra', failure: 'unavailable' } as const;
    checkEligible = () => Promise.reject(new UpstreamError(noToken));
    assert.equal(await refusalOf(click(approve, aoi)), 'directory_unreachable');
    assert.deepEqual(events, []);
  });

  it('is refused when the directory does not respond in time, and aborts the request', async () => {
    let stopped = false;
    checkEligible = (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(UNREACHABLE);
        });
      });
    assert.equal(await refusalOf(click(approve, aoi, 30)), 'directory_unreachable');
    assert.ok(stopped);
    assert.deepEqual(events, []);
  });

  it('fails, and is not called refused, when the service itself fails', async () => {
    checkEligible = () => Promise.reject(new TypeError('a bug'));
    await assert.rejects(click(approve, aoi), /a bug/);
  });

  it('is answered in time even when the database is not, and its failure is logged', async () => {
    const { log, lines } = captureLog();
    const stuck = Promise.withResolvers<never>();
    const answerInvoke = createInvokes({
      answerClick: createAnswerClick({ click: () => stuck.promise, log, answerWithinMs: 30 }),
      readIncident: async () => null,
      render: async () => ({ type: 'AdaptiveCard' }),
      mayNotRead: async () => null,
      requestReport: async () => '',
      takeConsent: async () => false,
      noteCard: () => new Promise(() => {}),
      tenantId: TENANT,
      log,
    });
    const value = { action: { verb: 'acknowledge', data: { incidentId: 'incident-1' } } };
    const answer = await answerInvoke(invokeOf(value), 'en-US');
    assert.equal(answer.kind === 'sentence' ? answer.text : '', SLOW);
    stuck.reject(new Error('database is locked'));
    await new Promise(setImmediate);
    assert.match(JSON.stringify(lines), /database is locked/);
  });
});

const finishFollowUp = async () => null;

const SLOW = 'This is taking longer than usual. The card will show the result.';

function invokeOf(value: unknown) {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    channelId: 'msteams',
    serviceUrl: 'https://smba.example/',
    from: { id: '29:1', aadObjectId: AOI.objectId },
    recipient: { id: '28:1' },
    conversation: { id: '19:1', tenantId: TENANT },
    replyToId: '1700',
    value,
  };
}
