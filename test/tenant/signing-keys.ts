import { exportJWK, generateKeyPair, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';

export type SigningKey = {
  readonly publicJwk: JWK;
  sign(claims: JWTPayload): Promise<string>;
  /** The claims, or undefined when the token is not ours, not for this audience, or out of date. */
  verify(token: string, expected: { issuer: string; audience: string }): Promise<JWTPayload | undefined>;
};

/**
 * The keys live as long as the process: botbuilder caches a key set per metadata URL for an hour,
 * and a later tenant may be given the port of an earlier one.
 */
let entraKey: Promise<SigningKey> | undefined;
let botFrameworkKey: Promise<SigningKey> | undefined;

export function entraSigningKey(): Promise<SigningKey> {
  entraKey ??= createSigningKey('simulated-entra');
  return entraKey;
}

export function botFrameworkSigningKey(): Promise<SigningKey> {
  botFrameworkKey ??= createSigningKey('simulated-bot-framework');
  return botFrameworkKey;
}

export async function createSigningKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' };
  return {
    publicJwk,
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(privateKey),
    async verify(token, expected) {
      try {
        const { payload } = await jwtVerify(token, publicKey, { ...expected, algorithms: ['RS256'] });
        return payload;
      } catch {
        return undefined;
      }
    },
  };
}
