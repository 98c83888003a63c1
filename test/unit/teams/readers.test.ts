import assert from 'node:assert/strict';
import type { Eligibility } from '../../../src/teams/turns/eligibility.ts';
import { createReaders } from '../../../src/teams/turns/readers.ts';
import { AOI } from '../incident/history.ts';

const CHAT = { channelId: 'a:chat', serviceUrl: 'https://x.example/', tenantId: AOI.tenantId, teamId: null };
const NOT_MEMBER: Eligibility = { kind: 'refused', refusal: { reason: 'not_member' } };

describe('whether a person may read about connectors', () => {
  it('is checked again after five seconds, and after the clock was set back', async () => {
    for (const moves of [5_000, -3_600_000]) {
      let now = 0;
      let answer: Eligibility = { kind: 'eligible', person: AOI };
      const mayNotRead = createReaders({
        watchingChannelId: async () => null,
        eligibility: async () => answer,
        clock: () => now,
      });
      assert.equal(await mayNotRead(AOI, CHAT), null);
      answer = NOT_MEMBER;
      assert.equal(await mayNotRead(AOI, CHAT), null, 'is cached for a moment');
      now += moves;
      assert.deepEqual(await mayNotRead(AOI, CHAT), { reason: 'not_member' });
    }
  });
});
