import assert from 'node:assert/strict';
import { createSigningKeys } from '../../../src/teams/transport/signing-keys.ts';
import type { PublishedKey } from '../../tenant/channel-keys.ts';
import { createSigningKey } from '../../tenant/signing-keys.ts';

const METADATA = 'https://login.example/openidconfiguration';
const KEYS = 'https://login.example/keys';
const HOUR_MS = 3_600_000;

describe('the signing keys of the Bot Framework', () => {
  let now: number;
  let reads: number;
  let published: readonly PublishedKey[];
  let away: boolean;
  let first: PublishedKey;
  let second: PublishedKey;

  /** The Bot Framework's two documents, without a network. */
  const documents = async (input: unknown) => {
    if (away) throw new TypeError('fetch failed');
    if (String(input) === METADATA) return Response.json({ jwks_uri: KEYS });
    reads += 1;
    return Response.json({ keys: published });
  };
  const keys = () => createSigningKeys({ metadataUrl: METADATA, fetch: documents, clock: () => now });

  before(async () => {
    const [one, two] = await Promise.all([createSigningKey('one'), createSigningKey('two')]);
    first = { ...one.publicJwk, endorsements: ['msteams'] };
    second = two.publicJwk;
  });

  beforeEach(() => {
    now = 1_000_000;
    reads = 0;
    away = false;
    published = [first];
  });

  it('are read once for all concurrent requests', async () => {
    const find = keys();
    const found = await Promise.all([find('one'), find('one'), find('one')]);
    assert.deepEqual(found[0]?.endorsements, ['msteams']);
    assert.equal(reads, 1);
  });

  it('are read at most twice a minute, however many unknown keys are named', async () => {
    const find = keys();
    for (let second = 0; second < 120; second += 1, now += 1_000)
      for (let token = 0; token < 20; token += 1) assert.equal(await find(`invented-${second}-${token}`), null);
    assert.ok(reads >= 4 && reads <= 5, String(reads));
  });

  it('are read again for a key that is not known yet, and the withdrawn one is gone', async () => {
    const find = keys();
    const before = await find('one');
    published = [second];
    now += 31_000;
    const after = await find('two');
    assert.deepEqual(after?.endorsements, []);
    assert.notEqual(after?.edition, before?.edition);
    assert.equal(await find('one'), null);
  });

  it('are replaced within an hour after a withdrawal, even if no token names a new key', async () => {
    const find = keys();
    assert.notEqual(await find('one'), null);
    published = [second];
    now += HOUR_MS + 1;
    assert.equal(await find('one'), null);
  });

  it('are kept for a day while the Bot Framework is away, and no longer', async () => {
    const find = keys();
    await find('one');
    away = true;
    now += 23 * HOUR_MS;
    assert.notEqual(await find('one'), null);
    now += HOUR_MS + 1;
    await assert.rejects(find('one'), /connection failed/);
    away = false;
    now += 1_001;
    assert.notEqual(await find('one'), null);
  });

  it('leave out a key that is too short to be safe', async () => {
    published = [
      { ...first, n: String(first.n).slice(0, 170) },
      { ...second, kid: 'kept' },
    ];
    const find = keys();
    assert.equal(await find('one'), null);
    assert.notEqual(await find('kept'), null);
  });
});
