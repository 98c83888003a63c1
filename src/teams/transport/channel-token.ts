import { type CryptoKey, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { type FindSigningKey, SIGNING_ALGORITHM } from './signing-keys.ts';

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
/** Bot Framework: Authentication, Connector to Bot: "industry-standard clock-skew is 5 minutes". */
const CLOCK_SKEW_SECONDS = 300;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;

const claimsSchema = z.object({ aud: z.string(), serviceurl: z.string() });

/**
 * Creates the check of a request's `Authorization`: a valid token of the Bot Framework for this bot, signed by a key that is
 * endorsed for Teams, without an unknown critical header, and for a service URL of Teams. Throws an UpstreamError when the
 * keys cannot be fetched. Validity is judged by the machine's own clock.
 */
export function createTokenCheck({ findKey, issuer, clientId, teamsOrigins }: Options): CheckToken {
  return async (authorization) => {
    const [, token = ''] = BEARER.exec(authorization) ?? [];
    const kid = keyIdOf(token);
    if (kid === null) return refused('not a signed bearer token');
    const key = await findKey(kid);
    if (key === null) return refused('signed by an unknown key');
    if (!key.endorsements.includes(CHANNEL)) return refused('signed by a key that is not endorsed for Teams');
    const claims = await verified(token, key.key, issuer);
    if (typeof claims === 'string') return refused(claims);
    const { success, data } = claimsSchema.safeParse(claims);
    if (!success || data.aud.toLowerCase() !== clientId.toLowerCase()) return refused('for another audience');
    if (!isAtOrigin(data.serviceurl, teamsOrigins)) return refused('for a service URL outside Teams in this cloud');
    return { kind: 'genuine', token: { serviceUrl: data.serviceurl, edition: key.edition } };
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
      requiredClaims: ['exp'],
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
