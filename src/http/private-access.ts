import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { HttpError } from './response.ts';
import type { HttpRequest } from './route.ts';

const LOOPBACK = /^(::1|(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
/** Headers that a proxy on this machine adds to the requests of other clients. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const;

/** Returns whether a request comes from a process on this machine and was not forwarded by a proxy. */
export function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  return LOOPBACK.test(socket.remoteAddress ?? '') && FORWARDED.every((name) => headers[name] === undefined);
}

/**
 * Throws unless the request comes from this machine or carries the token. When no token is configured, only this machine
 * has access.
 */
export function requirePrivate(
  request: Pick<HttpRequest, 'authorization' | 'fromThisMachine'>,
  token: string | null,
): void {
  if (request.fromThisMachine || (token !== null && hasToken(request.authorization, token))) return;
  const message =
    'Send the token METRICS_TOKEN as a bearer token, send the request from this machine, or use METRICS_PORT.';
  throw new HttpError(401, 'private', message);
}

function hasToken(authorization: string | undefined, token: string): boolean {
  const [given, expected] = [Buffer.from(authorization ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
