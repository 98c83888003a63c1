import { exportJWK, generateKeyPair, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

export type SigningKey = {
  readonly publicJwk: JWK;
  /** Signs claims; with `critical`, adds an unknown header parameter that is marked as critical. */
  sign(claims: JWTPayload, special?: { readonly critical?: boolean }): Promise<string>;
  /** Returns the claims; undefined when the token is not this tenant's, has another audience, or has expired. */
  verify(token: string, expected: { issuer: string; audience: string }): Promise<JWTPayload | undefined>;
};

const MOST_VERIFIED = 200;
const EXTENSION = 'urn:example:only-from-my-device';

/**
 * The keys live as long as the process: botbuilder caches a key set per metadata URL for an hour, and a later tenant may get
 * the port of an earlier one.
 */
let entraKey: Promise<SigningKey> | undefined;
let botFrameworkKey: Promise<SigningKey> | undefined;
let otherKeys: Promise<OtherKeys> | undefined;

/** Keys that the Bot Framework publishes but that may not sign activities from Teams. */
export type OtherKeys = { readonly unendorsed: SigningKey; readonly ofWebChat: SigningKey };

export function entraSigningKey(): Promise<SigningKey> {
  entraKey ??= createSigningKey('simulated-entra');
  return entraKey;
}

export function botFrameworkSigningKey(): Promise<SigningKey> {
  botFrameworkKey ??= createSigningKey('simulated-bot-framework');
  return botFrameworkKey;
}

export function otherSigningKeys(): Promise<OtherKeys> {
  otherKeys ??= Promise.all([createSigningKey('simulated-unendorsed'), createSigningKey('simulated-web-chat')]).then(
    ([unendorsed, ofWebChat]) => ({ unendorsed, ofWebChat }),
  );
  return otherKeys;
}

export async function createSigningKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' };
  /** Claims of tokens that were found good: clients send the same one with every call. */
  const verified = new Map<string, JWTPayload>();
  return {
    publicJwk,
    sign: (claims, { critical = false } = {}) => {
      const header = { alg: 'RS256', typ: 'JWT', kid, ...(critical ? { crit: [EXTENSION], [EXTENSION]: true } : {}) };
      return new SignJWT(claims).setProtectedHeader(header).sign(privateKey, { crit: { [EXTENSION]: true } });
    },
    async verify(token, expected) {
      const known = verified.get(`${expected.issuer} ${expected.audience} ${token}`);
      if (known?.exp !== undefined && known.exp > Date.now() / 1_000) return known;
      try {
        const { payload } = await jwtVerify(token, publicKey, { ...expected, algorithms: ['RS256'] });
        if (verified.size >= MOST_VERIFIED) verified.clear();
        verified.set(`${expected.issuer} ${expected.audience} ${token}`, payload);
        return payload;
      } catch {
        return undefined;
      }
    },
  };
}
