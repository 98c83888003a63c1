import { type JWTPayload, SignJWT } from 'jose';
import type { ChannelKeys } from './channel-keys.ts';
import { CLOUD_RESOURCES } from './clouds.ts';
import { createSigningKey, type SigningKey } from './signing-keys.ts';

/** Ways in which the token of an inbound activity can be wrong. */
export const FORGERIES = [
  'none',
  'not-a-token',
  'bad-signature',
  'unknown-key',
  'unendorsed-key',
  'key-of-another-channel',
  'signed-with-the-public-key',
  'unsigned',
  'wrong-audience',
  'wrong-issuer',
  'issuer-of-another-cloud',
  'issuer-of-the-emulator',
  'wrong-service-url',
  'no-service-url',
  'expired',
  'without-expiry',
  'not-yet-valid',
  'unknown-critical-header',
] as const;

export type Forgery = (typeof FORGERIES)[number] | 'withdrawn-key';

const ONE_HOUR_SECONDS = 3600;
/**
 * The issuer of tokens that anyone with the credential of a bot can get (botbuilder:
 * ToBotFromBotOrEmulatorTokenValidationParameters).
 */
const EMULATOR_ISSUER = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';

let strangersKey: Promise<SigningKey> | undefined;

export type SignForChannel = (serviceUrl: string, forgery?: Forgery) => Promise<string | undefined>;

/** Creates the signer for Teams, which can also forge tokens; it returns undefined when no token is to be sent. */
export function channelTokens(clientId: string, issuer: string, keys: ChannelKeys): SignForChannel {
  return async (serviceUrl, forgery) => {
    if (forgery === 'none') return undefined;
    if (forgery === 'not-a-token') return 'not.a.token';
    const claims = claimsFor(clientId, issuer, serviceUrl, forgery);
    if (forgery === 'unsigned') return withHeader(await keys.current().sign(claims), { alg: 'none' });
    if (forgery === 'signed-with-the-public-key') return signedWithPublicKey(claims, keys.current());
    const key = await keyFor(keys, forgery);
    const token = await key.sign(claims, { critical: forgery === 'unknown-critical-header' });
    return forgery === 'bad-signature' ? withOtherSignature(token, await (await stranger()).sign(claims)) : token;
  };
}

async function keyFor(keys: ChannelKeys, forgery: Forgery | undefined): Promise<SigningKey> {
  switch (forgery) {
    case 'unknown-key':
      return stranger();
    case 'unendorsed-key':
      return keys.unendorsed;
    case 'key-of-another-channel':
      return keys.ofWebChat;
    case 'withdrawn-key':
      return keys.previous();
    default:
      return keys.current();
  }
}

function claimsFor(clientId: string, issuer: string, serviceUrl: string, forgery: Forgery | undefined): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  const issuedAt = now + (forgery === 'expired' ? -2 : forgery === 'not-yet-valid' ? 2 : 0) * ONE_HOUR_SECONDS;
  return {
    ...(forgery === 'no-service-url' ? {} : { serviceurl: serviceUrlFor(serviceUrl, forgery) }),
    iss: issuerFor(issuer, forgery),
    aud: forgery === 'wrong-audience' ? '00000000-0000-0000-0000-0000000000ff' : clientId,
    nbf: issuedAt - 300,
    ...(forgery === 'without-expiry' ? {} : { exp: issuedAt + ONE_HOUR_SECONDS }),
    ...(forgery === 'issuer-of-the-emulator' ? { ver: '1.0', appid: clientId } : {}),
  };
}

function serviceUrlFor(serviceUrl: string, forgery: Forgery | undefined): string {
  return forgery === 'wrong-service-url' ? new URL('/elsewhere/', serviceUrl).href : serviceUrl;
}

function issuerFor(issuer: string, forgery: Forgery | undefined): string {
  if (forgery === 'wrong-issuer') return 'https://issuer.example';
  if (forgery === 'issuer-of-the-emulator') return EMULATOR_ISSUER;
  if (forgery !== 'issuer-of-another-cloud') return issuer;
  const { public: worldwide, china } = CLOUD_RESOURCES;
  return issuer === worldwide.bot ? china.bot : worldwide.bot;
}

function stranger(): Promise<SigningKey> {
  strangersKey ??= createSigningKey('stranger');
  return strangersKey;
}

/** Signs with the public key as a shared secret, which deceives a verifier that trusts the algorithm in the header. */
function signedWithPublicKey(claims: JWTPayload, { publicJwk }: SigningKey): Promise<string> {
  const secret = new TextEncoder().encode(JSON.stringify(publicJwk));
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: publicJwk.kid ?? '' }).sign(secret);
}

function withHeader(token: string, header: object): string {
  const [, payload, signature] = token.split('.');
  return [Buffer.from(JSON.stringify(header)).toString('base64url'), payload, signature].join('.');
}

function withOtherSignature(token: string, other: string): string {
  const [header, payload] = token.split('.');
  return [header, payload, other.split('.')[2]].join('.');
}
