import assert from 'node:assert/strict';
import { addresseeOf, placeOf, readActivity, scopeOf, senderOf } from '../../../src/teams/transport/incoming.ts';

const TENANT = '5f2d6a0e-1111-4222-8333-94a4c5d6e7f8';
const OTHER_TENANT = '0c0ffee0-1111-4222-8333-94a4c5d6e7f8';
const TEAM = '7a7a7a7a-1111-4222-8333-94a4c5d6e7f8';
const PERSON = 'b0b0b0b0-1111-4222-8333-94a4c5d6e7f8';

/** Synthetic, by what Teams documents of `channelData` for each kind of channel (Teams: Shared and private channels for apps). */
function activityIn(kind: 'standard' | 'private' | 'shared', overrides: { readonly senderTenantId?: string } = {}) {
  const id = `19:${kind}@thread.tacv2`;
  const bot = { id: '28:bot', name: 'Connector Guard' };
  return {
    type: 'message',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: '29:person', aadObjectId: PERSON, name: 'A person' },
    recipient: bot,
    conversation: { id: `${id};messageid=1795800000000`, conversationType: 'channel', isGroup: true, tenantId: TENANT },
    channelData: {
      channel: { id, type: kind },
      team: { id: '19:team@thread.tacv2', aadGroupId: TEAM, ...(kind === 'shared' ? { type: 'sharedChannel' } : {}) },
      tenant: { id: overrides.senderTenantId ?? TENANT },
      ...(kind === 'standard' ? {} : { membershipSource: { sourceType: 'channel', id, teamGroupId: TEAM } }),
    },
    text: '<at>Connector Guard</at> status connectors',
    entities: [{ type: 'mention', mentioned: bot, text: '<at>Connector Guard</at>' }],
  };
}

describe('an activity in a channel', () => {
  for (const kind of ['standard', 'private', 'shared'] as const) {
    it(`that is ${kind} names its channel, its team and its sender`, () => {
      const { incoming } = readActivity(activityIn(kind)) ?? assert.fail('not read');
      const { channelId, teamId } = placeOf(incoming, TENANT);
      assert.deepEqual([channelId, teamId], [`19:${kind}@thread.tacv2`, TEAM]);
      assert.equal(scopeOf(incoming), 'channel');
      assert.equal(addresseeOf(incoming), 'bot');
      const { tenantId, objectId } = senderOf(incoming);
      assert.deepEqual([tenantId, objectId], [TENANT, PERSON]);
    });
  }

  it('that is shared with another tenant gives a sender from there no tenant of ours', () => {
    const { incoming } =
      readActivity(activityIn('shared', { senderTenantId: OTHER_TENANT })) ?? assert.fail('not read');
    assert.equal(senderOf(incoming).tenantId, null);
  });
});
