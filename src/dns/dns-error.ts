import { z } from 'zod';
import { UpstreamError, type UpstreamFailure } from '../shared/errors.ts';

const coded = z.looseObject({ code: z.string() });

/** Codes for a name that does not exist or has no record of the type (node:dns error codes). */
const ABSENT: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);

const FAILURES: Readonly<Record<string, UpstreamFailure>> = {
  ETIMEOUT: 'timeout',
  ECANCELLED: 'timeout',
  ECONNREFUSED: 'network',
  ESERVFAIL: 'unavailable',
  EREFUSED: 'unavailable',
  EBADRESP: 'malformed',
  EALIASLOOP: 'malformed',
  EFORMERR: 'malformed',
  EBADNAME: 'rejected',
};

export function dnsCode(error: unknown): string | null {
  return coded.safeParse(error).data?.code ?? null;
}

export function isAbsent(error: unknown): boolean {
  return ABSENT.has(dnsCode(error) ?? '');
}

/** Converts a failed lookup to an UpstreamError. Returns other errors unchanged. */
export function dnsFailure(error: unknown, type: string, name: string): unknown {
  const code = dnsCode(error);
  if (code === null) return error;
  const failure = FAILURES[code] ?? 'unavailable';
  const details = { service: 'dns', operation: `${type} ${name}`, failure, message: code, effect: 'none' } as const;
  return new UpstreamError({ ...details, cause: error });
}
