import { type CryptoKey, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { createRecent } from '../../shared/recent.ts';
import { type FindSigningKey, SIGNING_ALGORITHM, type SigningKey } from './signing-keys.ts';

/** The content of a genuine token: the service URL of its channel, and the set of keys it was verified with. */
export type ChannelToken = { readonly serviceUrl: string; readonly edition: string };

type TokenCheck =
  | { readonly kind: 'genuine'; readonly token: ChannelToken }
  /** `reason` is for the log; it contains no part of the token. */
  | { readonly kind: 'refused'; readonly reason: string };

export type CheckToken = (authorization: string) => Promise<TokenCheck>;

type Options = {
  readonly findKey: FindSigningKey;
  /** The Bot Framework of the tenant's cloud. */
  readonly issuer: string;
  readonly clientId: string;
  /** Origins that the bot's own token may be sent to. */
  readonly teamsOrigins: readonly string[];
};

const CHANNEL = 'msteams';
const SECOND_MS = 1_000;
/** Bot Framework: Authentication, Connector to Bot: "industry-standard clock-skew is 5 minutes". */
const CLOCK_SKEW_SECONDS = 300;
/** Teams sends the same token until it expires. */
const KEPT_TOKENS = 100;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;

const claimsSchema = z.object({ aud: z.string(), serviceurl: z.string(), exp: z.number() });

/** A genuine token, the key that verified it, and the end of its validity, ms since the epoch. */
type Verified = {
  readonly token: ChannelToken;
  readonly kid: string;
  readonly key: SigningKey;
  readonly endsAt: number;
};

/**
 * Creates the check of a request's `Authorization`: a valid token of the Bot Framework for this bot, signed by a key that is
 * endorsed for Teams, without an unknown critical header, and for a service URL of Teams. Throws an UpstreamError when the
 * keys cannot be fetched. Validity is judged by the machine's own clock. A token found genuine is not verified again before
 * its end, as long as its key is the same.
 */
export function createTokenCheck({ findKey, issuer, clientId, teamsOrigins }: Options): CheckToken {
  const recent = createRecent<string, Verified>(KEPT_TOKENS);
  return async (authorization) => {
    const [, token = ''] = BEARER.exec(authorization) ?? [];
    const known = recent.get(token);
    const kid = known?.kid ?? keyIdOf(token);
    if (kid === null) return refused('not a signed bearer token');
    const key = await findKey(kid);
    if (key === null) return refused('signed by an unknown key');
    if (known?.key === key && Date.now() < known.endsAt) return { kind: 'genuine', token: known.token };
    if (!key.endorsements.includes(CHANNEL)) return refused('signed by a key that is not endorsed for Teams');
    const claims = await verified(token, key.key, issuer);
    if (typeof claims === 'string') return refused(claims);
    const { success, data } = claimsSchema.safeParse(claims);
    if (!success) return refused('with claims of another type than Teams sends');
    if (data.aud.toLowerCase() !== clientId.toLowerCase()) return refused('for another audience');
    if (!isAtOrigin(data.serviceurl, teamsOrigins)) return refused('for a service URL outside Teams in this cloud');
    const genuine = { serviceUrl: data.serviceurl, edition: key.edition };
    recent.set(token, { token: genuine, kid, key, endsAt: (data.exp + CLOCK_SKEW_SECONDS) * SECOND_MS });
    return { kind: 'genuine', token: genuine };
  };
}

/** Whether an address has one of these origins and no user name that could be read as a host. */
export function isAtOrigin(address: string, origins: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, username, password } = new URL(address);
  return username === '' && password === '' && origins.includes(origin);
}

function keyIdOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).kid ?? null;
  } catch {
    return null;
  }
}

/** Returns the claims of a token, or why it is refused. */
async function verified(token: string, key: CryptoKey, issuer: string): Promise<JWTPayload | string> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [SIGNING_ALGORITHM],
      issuer,
      requiredClaims: ['exp', 'serviceurl'],
      clockTolerance: CLOCK_SKEW_SECONDS,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return error.message;
    throw error;
  }
}

function refused(reason: string): TokenCheck {
  return { kind: 'refused', reason };
}
