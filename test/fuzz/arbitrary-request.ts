import fc from 'fast-check';
import { FORGERIES, type Forgery } from '../tenant/channel-tokens.ts';
import { arbitraryActivity, type Scene } from './arbitrary-activity.ts';
import { codePoint } from './code-point.ts';

/** A request that a stranger, or a client with a genuine token, may send. */
export type FuzzedRequest = {
  readonly method: string;
  readonly path: string;
  readonly authorization: Authorization;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
};

export type Authorization =
  | { readonly kind: 'genuine' | 'metrics' | 'none' }
  | { readonly kind: 'forged'; readonly forgery: Forgery }
  | { readonly kind: 'other'; readonly value: string };

/** Bytes that are written to a connection unchanged. */
export type FuzzedBytes = { readonly raw: Buffer };

const LONGEST_BODY = 1_200_000;
const POSTS = ['/api/notifications', '/api/lifecycle'];
const GETS = ['/healthz', '/readyz', '/metrics', '/healthz/watching'];
const ODD_PATHS = ['/', '//', '/api', '/api/messages/', '/api/messages/%00', '/api/../metrics'];
const METHODS = ['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'];

const visible = fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) });

const query = fc.oneof(
  { weight: 20, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: codePoint })
      .map((token) => `?validationToken=${encodeURIComponent(token.toWellFormed())}`),
  },
  { weight: 1, arbitrary: visible.map((text) => `?${text.replaceAll(/[\s#]/g, '+')}`) },
);

const odd = fc.oneof(
  fc.tuple(fc.constantFrom(...METHODS), fc.constantFrom(...POSTS, ...GETS, ...ODD_PATHS)),
  fc.tuple(
    fc.constant('GET'),
    visible.map((text) => `/${text.replaceAll(/[\s?#]/g, '%')}`),
  ),
);

const authorization: fc.Arbitrary<Authorization> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'genuine' } as const) },
  { weight: 2, arbitrary: fc.constant({ kind: 'none' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'metrics' } as const) },
  { weight: 3, arbitrary: fc.constantFrom(...FORGERIES).map((forgery) => ({ kind: 'forged', forgery }) as const) },
  { weight: 1, arbitrary: visible.map((value) => ({ kind: 'other', value }) as const) },
  { weight: 1, arbitrary: visible.map((value) => ({ kind: 'other', value: `Bearer ${value}` }) as const) },
);

const headers = fc.record(
  {
    'content-type': fc.constantFrom('text/plain', 'application/json; charset=utf-7', 'application/x+json', ''),
    'content-encoding': fc.constantFrom('gzip', 'identity', 'deflate'),
    'x-forwarded-for': fc.ipV4(),
    expect: fc.constant('100-continue'),
    host: visible,
  },
  { requiredKeys: [] },
);

const envelope = (secret: string) =>
  fc.record(
    {
      value: fc.array(
        fc.record(
          {
            clientState: fc.oneof({ weight: 4, arbitrary: fc.constant(secret) }, fc.string(), fc.jsonValue()),
            tenantId: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.uuid(), fc.jsonValue()),
            lifecycleEvent: fc.oneof(fc.constantFrom('missed', 'subscriptionRemoved'), fc.jsonValue()),
          },
          { requiredKeys: [] },
        ),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: [] },
  );

const asJson = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '');

/** A body of the usual kind, or an arbitrary one. */
function bodyLike(usual: fc.Arbitrary<unknown>): fc.Arbitrary<Buffer | null> {
  return fc.oneof(
    { weight: 800, arbitrary: usual.map(asJson) },
    { weight: 60, arbitrary: fc.json().map((text) => Buffer.from(text)) },
    { weight: 30, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 30, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.nat(LONGEST_BODY).map((length) => Buffer.from(`"${'x'.repeat(length)}"`)) },
  );
}

const raw: fc.Arbitrary<FuzzedBytes> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ raw: Buffer.from(bytes) })),
  fc.tuple(fc.constantFrom('GET', 'POST', 'BREW'), visible, visible).map(([verb, target, header]) => ({
    raw: Buffer.from(
      `${verb} ${target} HTTP/1.1\r\nHost: ${header}\r\n${header}: ${target}\r\nConnection: close\r\n\r\n`,
    ),
  })),
);

/** Requests to every endpoint, most of them nearly valid, with and without genuine tokens. */
export function arbitraryRequest(scene: Scene): fc.Arbitrary<FuzzedRequest | FuzzedBytes> {
  const usualHeaders = fc.oneof(
    { weight: 8, arbitrary: fc.constant({} as Record<string, string>) },
    { weight: 1, arbitrary: headers },
  );
  const requestTo = (endpoint: fc.Arbitrary<readonly [string, string]>, body: fc.Arbitrary<Buffer | null>) =>
    fc
      .record({ endpoint, query, authorization, headers: usualHeaders, body })
      .map(({ endpoint: [method, path], query: its, ...rest }) => ({ method, path: path + its, ...rest }));
  const message = requestTo(fc.constant(['POST', '/api/messages']), bodyLike(arbitraryActivity(scene)));
  const notified = fc.constantFrom(...POSTS).map((path) => ['POST', path] as const);
  const notification = requestTo(notified, bodyLike(envelope(scene.notificationSecret)));
  const read = fc.constantFrom(...GETS).map((path) => ['GET', path] as const);
  return fc.oneof(
    { weight: 60, arbitrary: message },
    { weight: 20, arbitrary: notification },
    { weight: 10, arbitrary: requestTo(read, fc.constant(null)) },
    { weight: 9, arbitrary: requestTo(odd, bodyLike(arbitraryActivity(scene))) },
    { weight: 1, arbitrary: raw },
  );
}
