import { CLOUD_RESOURCES } from './clouds.ts';
import { createSigningKey, type SigningKey } from './signing-keys.ts';

/** Ways in which the token of an inbound activity can be wrong. */
export const FORGERIES = [
  'none',
  'not-a-token',
  'bad-signature',
  'unknown-key',
  'wrong-audience',
  'wrong-issuer',
  'issuer-of-another-cloud',
  'wrong-service-url',
  'expired',
] as const;

export type Forgery = (typeof FORGERIES)[number];

const ONE_HOUR_SECONDS = 3600;

let strangersKey: Promise<SigningKey> | undefined;

/** Signs for Teams, or pretends to: undefined means that no token is sent at all. */
export function channelTokens(clientId: string, issuer: string, key: SigningKey) {
  return async (serviceUrl: string, forgery?: Forgery): Promise<string | undefined> => {
    if (forgery === 'none') return undefined;
    if (forgery === 'not-a-token') return 'not.a.token';
    const claims = claimsFor(clientId, issuer, serviceUrl, forgery);
    if (forgery === 'unknown-key') return (await stranger()).sign(claims);
    const token = await key.sign(claims);
    return forgery === 'bad-signature' ? withOtherSignature(token, await (await stranger()).sign(claims)) : token;
  };
}

function claimsFor(clientId: string, issuer: string, serviceUrl: string, forgery: Forgery | undefined) {
  const expired = forgery === 'expired' ? 2 * ONE_HOUR_SECONDS : 0;
  const issuedAt = Math.floor(Date.now() / 1000) - expired;
  return {
    serviceurl: forgery === 'wrong-service-url' ? 'https://elsewhere.example/teams/' : serviceUrl,
    iss: issuerFor(issuer, forgery),
    aud: forgery === 'wrong-audience' ? '00000000-0000-0000-0000-0000000000ff' : clientId,
    nbf: issuedAt - 300,
    exp: issuedAt + ONE_HOUR_SECONDS,
  };
}

function issuerFor(issuer: string, forgery: Forgery | undefined): string {
  if (forgery === 'wrong-issuer') return 'https://issuer.example';
  if (forgery !== 'issuer-of-another-cloud') return issuer;
  const { public: worldwide, china } = CLOUD_RESOURCES;
  return issuer === worldwide.bot ? china.bot : worldwide.bot;
}

function stranger(): Promise<SigningKey> {
  strangersKey ??= createSigningKey('stranger');
  return strangersKey;
}

function withOtherSignature(token: string, other: string): string {
  const [header, payload] = token.split('.');
  return [header, payload, other.split('.')[2]].join('.');
}
