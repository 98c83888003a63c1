import { hash } from 'node:crypto';
import { type CryptoKey, importJWK } from 'jose';
import { z } from 'zod';
import { HOUR_MS } from '../../incident/model/duration.ts';
import { type Call, malformed, refusal } from '../../microsoft/http/failures.ts';
import { boundedBy, type Fetch, send } from '../../microsoft/http/send.ts';
import { jsonIn } from '../../shared/json.ts';

/** One of the Bot Framework's public keys, and the channels whose tokens it may sign. */
export type SigningKey = {
  readonly key: CryptoKey;
  readonly endorsements: readonly string[];
  /** Identifies the set of keys it was read with; another set has another edition. */
  readonly edition: string;
};

/** Returns the key with this id, or null when the Bot Framework has none. Throws an UpstreamError when its keys cannot be fetched. */
export type FindSigningKey = (kid: string) => Promise<SigningKey | null>;

type Options = {
  readonly metadataUrl: string;
  readonly fetch: Fetch;
  /** A monotonic clock, ms. */
  readonly clock: () => number;
};

type KeySet = { readonly keys: ReadonlyMap<string, SigningKey>; readonly readAt: number };

/** A withdrawn key is refused after this time, provided that the Bot Framework responds. */
const REREAD_AFTER_MS = HOUR_MS;
/** As long as botbuilder caches them. */
const KEEP_MS = 24 * HOUR_MS;
/** Tokens with invented key ids cause at most one fetch in this time. */
const BETWEEN_READS_MS = 30_000;
const BETWEEN_FIRST_READS_MS = 1_000;
const TIMEOUT_MS = 2_000;
/** 2,048 bits in base64url. */
const MIN_MODULUS = 342;

/** The one algorithm that the Bot Framework's OpenID metadata lists. */
export const SIGNING_ALGORITHM = 'RS256';

const metadataSchema = z.object({ jwks_uri: z.url({ protocol: /^https?$/ }) });
const rsaKeySchema = z.looseObject({
  kty: z.literal('RSA'),
  kid: z.string().min(1),
  n: z.base64url().min(MIN_MODULUS),
  e: z.base64url(),
  endorsements: z.array(z.string()).default([]),
});
const keySetSchema = z.object({ keys: z.array(z.unknown()).min(1) });

/**
 * Finds the Bot Framework's signing keys. They are fetched again once an hour and, at most twice a minute, for an unknown key
 * id. A token signed with a new key is thus verified at once, and a withdrawn key verifies none.
 */
export function createSigningKeys({ metadataUrl, fetch, clock }: Options): FindSigningKey {
  let known: KeySet | null = null;
  let reading: Promise<KeySet> | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown;

  function read(): Promise<KeySet> {
    triedAt = clock();
    reading ??= readKeySet(fetch, metadataUrl, clock)
      .then((set) => {
        known = set;
        return set;
      })
      .catch((error: unknown) => {
        failure = error;
        throw error;
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  }

  async function readFirst(): Promise<KeySet> {
    if (reading === null && clock() - triedAt < BETWEEN_FIRST_READS_MS) throw failure;
    return read();
  }

  /** Returns the current set, or the old one if a newer cannot be fetched or was fetched just now. */
  async function reread(old: KeySet): Promise<KeySet> {
    if (reading === null && clock() - triedAt < BETWEEN_READS_MS) return old;
    return read().catch(() => old);
  }

  async function current(): Promise<KeySet> {
    if (known === null || clock() - known.readAt > KEEP_MS) return readFirst();
    return clock() - known.readAt > REREAD_AFTER_MS ? reread(known) : known;
  }

  return async (kid) => {
    const set = await current();
    return set.keys.get(kid) ?? (await reread(set)).keys.get(kid) ?? null;
  };
}

async function readKeySet(fetch: Fetch, metadataUrl: string, clock: () => number): Promise<KeySet> {
  const metadata = await readJson(fetch, metadataUrl, 'GET OpenID metadata', metadataSchema);
  const { keys: listed } = await readJson(fetch, metadata.jwks_uri, 'GET OpenID keys', keySetSchema);
  const keys = listed.flatMap((key) => rsaKeySchema.safeParse(key).data ?? []);
  const edition = hash('sha256', JSON.stringify(keys)).slice(0, 16);
  const named = keys.map(async ({ kid, kty, n, e, endorsements }) => {
    const key = await importJWK({ kty, n, e }, SIGNING_ALGORITHM);
    return key instanceof Uint8Array ? [] : [[kid, { key, endorsements, edition }] as const];
  });
  return { keys: new Map((await Promise.all(named)).flat()), readAt: clock() };
}

async function readJson<T>(fetch: Fetch, url: string, operation: string, schema: z.ZodType<T>): Promise<T> {
  const call: Call = { service: 'teams', operation, repeatable: true };
  const outgoing = { url, method: 'GET', headers: new Headers(), body: undefined };
  const response = await send(fetch, call, outgoing, boundedBy(TIMEOUT_MS));
  if (response.status !== 200) throw refusal(call, response, `HTTP ${response.status}`, Date.now());
  const { success, data } = schema.safeParse(jsonIn(response.text));
  if (!success) throw malformed(call, response, 'the response has an unexpected shape');
  return data;
}
