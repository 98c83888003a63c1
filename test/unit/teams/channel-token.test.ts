import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { decodeJwt, importJWK } from 'jose';
import { type CheckToken, createTokenCheck } from '../../../src/teams/transport/channel-token.ts';
import type { FindSigningKey, SigningKey } from '../../../src/teams/transport/signing-keys.ts';
import { type ChannelKeys, createChannelKeys, type PublishedKey } from '../../tenant/channel-keys.ts';
import { channelTokens, FORGERIES, type Forgery, type SignForChannel } from '../../tenant/channel-tokens.ts';
import { createSigningKey } from '../../tenant/signing-keys.ts';

const CLIENT_ID = '5d0c9f3e-1111-4222-8333-abcdefabcdef';
const ISSUER = 'https://api.botframework.com';
const SERVICE_URL = 'https://smba.trafficmanager.net/emea/3f1e0a52-77aa-0b11-2c3d-9d8e7f6a5b4c/';
/** What each is refused for; the others are wrong only beside an activity. */
const REASONS: Readonly<Partial<Record<Forgery, string>>> = {
  'not-a-token': 'not a signed bearer token',
  'bad-signature': 'signature verification failed',
  'unknown-key': 'signed by an unknown key',
  'unendorsed-key': 'signed by a key that is not endorsed for Teams',
  'key-of-another-channel': 'signed by a key that is not endorsed for Teams',
  'signed-with-the-public-key': '"alg" (Algorithm) Header Parameter value not allowed',
  unsigned: 'not a signed bearer token',
  'wrong-audience': 'for another audience',
  'wrong-issuer': 'unexpected "iss" claim value',
  'issuer-of-another-cloud': 'unexpected "iss" claim value',
  'issuer-of-the-emulator': 'unexpected "iss" claim value',
  'no-service-url': 'missing required "serviceurl" claim',
  expired: '"exp" claim timestamp check failed',
  'without-expiry': 'missing required "exp" claim',
  'not-yet-valid': '"nbf" claim timestamp check failed',
  'unknown-critical-header': 'Extension Header Parameter "urn:example:only-from-my-device" is not recognized',
};
const RIGHT_BY_THEMSELVES: readonly Forgery[] = ['none', 'wrong-service-url'];

describe('the check of a token, without botbuilder', () => {
  let sign: SignForChannel;
  let check: CheckToken;
  let keys: ChannelKeys;

  before(async () => {
    keys = await createChannelKeys();
    sign = channelTokens(CLIENT_ID, ISSUER, keys);
    check = checkBy(findIn(keys));
  });

  const checked = async (...wish: Parameters<SignForChannel>) => check(`Bearer ${await sign(...wish)}`);

  it('accepts a genuine token and returns its service URL', async () => {
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

  it('takes one that was genuine before only with every character the same', async () => {
    const token = (await sign(SERVICE_URL)) ?? assert.fail('not signed');
    const forged = (await sign(SERVICE_URL, 'bad-signature')) ?? assert.fail('not signed');
    const kinds: string[] = [];
    for (const sent of [token, token, forged, token]) kinds.push((await check(`Bearer ${sent}`)).kind);
    assert.deepEqual(kinds, ['genuine', 'genuine', 'refused', 'genuine']);
  });

  it('takes none that was genuine before, once its key is withdrawn', async () => {
    const token = (await sign(SERVICE_URL)) ?? assert.fail('not signed');
    assert.equal((await check(`Bearer ${token}`)).kind, 'genuine');
    await keys.roll();
    assert.equal((await check(`Bearer ${token}`)).kind, 'refused');
    assert.equal((await checked(SERVICE_URL)).kind, 'genuine');
  });

  it('verifies one that was genuine before again when its key was published anew', async () => {
    const [ours, theirs] = await Promise.all([createSigningKey('same id'), createSigningKey('same id')]);
    let published = await findable({ ...ours.publicJwk, endorsements: ['msteams'] });
    const checkAnew = checkBy(async () => published);
    const token = await channelTokens(CLIENT_ID, ISSUER, { ...keys, current: () => ours })(SERVICE_URL);
    const kinds: string[] = [];
    for (const next of [ours, ours, theirs]) {
      published = await findable({ ...next.publicJwk, endorsements: ['msteams'] });
      kinds.push((await checkAnew(`Bearer ${token}`)).kind);
    }
    assert.deepEqual(kinds, ['genuine', 'genuine', 'refused']);
  });

  for (const forgery of FORGERIES.filter((one) => !RIGHT_BY_THEMSELVES.includes(one)))
    it(`refuses one that is wrong: ${forgery}`, async () =>
      assert.deepEqual(await checked(SERVICE_URL, forgery), { kind: 'refused', reason: REASONS[forgery] }));

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

function checkBy(findKey: FindSigningKey): CheckToken {
  const teamsOrigins = ['https://smba.trafficmanager.net'];
  return createTokenCheck({ findKey, issuer: ISSUER, clientId: CLIENT_ID.toUpperCase(), teamsOrigins });
}

/** Finds each key as one object, as long as it is published. */
function findIn(keys: ChannelKeys): FindSigningKey {
  const found = new Map<string, ReturnType<typeof findable>>();
  return async (kid) => {
    const jwk = keys.published().find((key) => key.kid === kid);
    if (jwk === undefined) return null;
    const key = found.get(kid) ?? findable(jwk);
    found.set(kid, key);
    return key;
  };
}

async function findable({ endorsements = [], ...jwk }: PublishedKey): Promise<SigningKey> {
  const key = await importJWK(jwk, 'RS256');
  assert.ok(!(key instanceof Uint8Array));
  return { key, endorsements, edition: 'of the test' };
}
