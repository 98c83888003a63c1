import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { decodeJwt, importJWK } from 'jose';
import { type CheckToken, createTokenCheck } from '../../../src/teams/transport/channel-token.ts';
import type { FindSigningKey } from '../../../src/teams/transport/signing-keys.ts';
import { type ChannelKeys, createChannelKeys } from '../../tenant/channel-keys.ts';
import { channelTokens, FORGERIES, type SignForChannel } from '../../tenant/channel-tokens.ts';

const CLIENT_ID = '5d0c9f3e-1111-4222-8333-abcdefabcdef';
const ISSUER = 'https://api.botframework.com';
const SERVICE_URL = 'https://smba.trafficmanager.net/emea/3f1e0a52-77aa-0b11-2c3d-9d8e7f6a5b4c/';
/** These are wrong only beside an activity. */
const RIGHT_BY_THEMSELVES: readonly string[] = ['none', 'wrong-service-url'];

describe('the check of a token, without botbuilder', () => {
  let sign: SignForChannel;
  let check: CheckToken;

  before(async () => {
    const keys = await createChannelKeys();
    sign = channelTokens(CLIENT_ID, ISSUER, keys);
    const teamsOrigins = ['https://smba.trafficmanager.net'];
    check = createTokenCheck({
      findKey: findIn(keys),
      issuer: ISSUER,
      clientId: CLIENT_ID.toUpperCase(),
      teamsOrigins,
    });
  });

  const checked = async (...wish: Parameters<SignForChannel>) => check(`Bearer ${await sign(...wish)}`);

  it('takes a genuine token and says which service URL it is for', async () => {
    const token = { serviceUrl: SERVICE_URL, edition: 'of the test' };
    assert.deepEqual(await checked(SERVICE_URL), { kind: 'genuine', token });
  });

  it('takes a token until five minutes after its end, for clocks that differ, and no longer', async () => {
    const token = (await sign(SERVICE_URL)) ?? assert.fail('not signed');
    const { exp = assert.fail('no end') } = decodeJwt(token);
    for (const [seconds, kind] of [
      [4 * 60, 'genuine'],
      [6 * 60, 'refused'],
    ] as const) {
      mock.timers.enable({ apis: ['Date'], now: (exp + seconds) * 1000 });
      const answer = await check(`Bearer ${token}`).finally(() => mock.timers.reset());
      assert.equal(answer.kind, kind, `${seconds} s after its end`);
    }
  });

  for (const forgery of FORGERIES.filter((one) => !RIGHT_BY_THEMSELVES.includes(one))) {
    it(`refuses one that is wrong: ${forgery}`, async () => {
      assert.equal((await checked(SERVICE_URL, forgery)).kind, 'refused');
    });
  }

  for (const serviceUrl of [
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net:8443/emea/',
    'https://smba.trafficmanager.net.attacker.example/emea/',
    'https://smba.trafficmanager.net@attacker.example/emea/',
    'https://attacker@smba.trafficmanager.net/emea/',
    'https://xsmba.trafficmanager.net/emea/',
    'https://smba.infra.gov.teams.microsoft.us/teams/',
    'http://127.0.0.1:3978/',
    'smba.trafficmanager.net',
    '',
  ]) {
    it(`refuses a genuine one for the service URL "${serviceUrl}"`, async () => {
      assert.equal((await checked(serviceUrl)).kind, 'refused');
    });
  }

  it('refuses what is no bearer token, and repeats no part of a token', async () => {
    const token = await sign(SERVICE_URL, 'expired');
    for (const value of ['', 'Bearer', 'Basic YTpi', `bearer ${token}`, `Bearer ${token} x`, `Bearer ${token}.x`]) {
      const answer = await check(value);
      assert.equal(answer.kind, 'refused', value);
      assert.doesNotMatch(JSON.stringify(answer), /eyJ/);
    }
  });
});

function findIn(keys: ChannelKeys): FindSigningKey {
  return async (kid) => {
    const jwk = keys.published().find((key) => key.kid === kid);
    if (jwk === undefined) return null;
    const key = await importJWK(jwk, 'RS256');
    assert.ok(!(key instanceof Uint8Array));
    return { key, endorsements: jwk.endorsements ?? [], edition: 'of the test' };
  };
}
