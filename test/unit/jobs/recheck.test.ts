import assert from 'node:assert/strict';
import { authorizationOf } from '../../../src/incident/model/authorization.ts';
import type { Reading } from '../../../src/incident/model/observation.ts';
import { type RecheckDependencies, recheck } from '../../../src/jobs/tasks/recheck.ts';
import { createLog } from '../../../src/shared/log.ts';
import { AOI, BEN, breakGlassUnblocking, CONNECTOR, HOUR, T0, unblocking } from '../incident/history.ts';
import { blocked, inbound } from '../incident/readings.ts';

const whole = <T>(...items: readonly T[]): Reading<T> => ({ items, complete: true, reason: null });
const cut = <T>(...items: readonly T[]): Reading<T> => ({ items, complete: false, reason: 'there is more' });

describe('the check before Exchange is called', () => {
  const found = async (its: Partial<RecheckDependencies> = {}, incident = unblocking()) => {
    const authorization = authorizationOf(incident) ?? assert.fail('nobody agreed');
    const deps: RecheckDependencies = {
      checkEligible: async () => ({ eligible: true }),
      checkEmergency: async () => ({ eligible: true }),
      listBlocked: async () => whole(blocked()),
      listInbound: async () => whole(inbound()),
      clock: () => authorization.since + 1,
      actWithinMs: HOUR,
      log: createLog('silent'),
      ...its,
    };
    const check = await recheck(deps, incident, authorization);
    return check.kind === 'void' ? check.cause : check.kind;
  };
  const without = (objectId: string) => async (id: string) => ({ eligible: id !== objectId });

  it('passes for a connector that is as it was approved, and people who are still eligible', async () => {
    assert.equal(await found(), 'go');
    assert.equal(await found({}, breakGlassUnblocking()), 'go');
  });

  it('voids the approval when the approver or the confirmer is no longer eligible', async () => {
    const left = (who: string, name: string) => ({ kind: 'not_eligible', who, name });
    assert.deepEqual(await found({ checkEligible: without(AOI.objectId) }), left('approver', AOI.name));
    assert.deepEqual(await found({ checkEligible: without(BEN.objectId) }), left('confirmer', BEN.name));
    const emergency = { checkEmergency: without(AOI.objectId) };
    assert.deepEqual(await found(emergency, breakGlassUnblocking()), left('emergency', AOI.name));
    assert.deepEqual(await found({ checkEmergency: null }, breakGlassUnblocking()), left('emergency', AOI.name));
  });

  it('voids the approval of a configuration other than the current one, with the differences', async () => {
    const changed = inbound({ configuration: { ...CONNECTOR.configuration, RequireTls: false } });
    const changes = [{ property: 'RequireTls', before: true, after: false }];
    const cause = { kind: 'configuration_changed', changes };
    assert.deepEqual(await found({ listInbound: async () => whole(changed) }), cause);
    assert.deepEqual(await found({ listInbound: async () => whole(changed) }, breakGlassUnblocking()), cause);
  });

  it('waits while the connector is not listed, or its configuration cannot be read', async () => {
    assert.equal(await found({ listBlocked: async () => whole() }), 'wait');
    assert.equal(await found({ listInbound: async () => cut() }), 'wait');
  });

  it('waits for a configuration that could not be read at the approval either, and passes when there is none', async () => {
    const unread = unblocking();
    const connector = { ...CONNECTOR, configuration: null };
    const approval = unread.approval && { ...unread.approval, fingerprint: null };
    const incident = { ...unread, connector, approval };
    assert.equal(await found({ listInbound: async () => cut() }, incident), 'wait');
    assert.equal(await found({ listInbound: async () => whole() }, incident), 'go');
  });

  it('voids an approval that is too old', async () => {
    const late = { clock: () => T0 + 2 + HOUR };
    const cause = { kind: 'could_not_recheck', words: 'what was agreed is 60 minutes old' };
    assert.deepEqual(await found(late), cause);
    assert.equal(await found({ clock: () => T0 + 1 + HOUR }), 'go');
  });
});
