import { z } from 'zod';
import type { Dns } from '../../dns/resolver.ts';
import { resolverFor } from './library-resolver.ts';

/** The results of RFC 7208, section 2.6. */
const RESULTS = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror'] as const;

type SpfResult = (typeof RESULTS)[number];

export type SpfAnswer = {
  readonly result: SpfResult;
  /** The error's text; null when the result is not an error. */
  readonly reason: string | null;
  /** Whether the domain's record is `v=spf1 -all`: it sends no mail at all (RFC 7208, section 10.1.2). */
  readonly sendsNothing: boolean;
};

export type SpfQuestion = {
  /** The envelope sender; empty when the HELO name is checked instead. */
  readonly sender: string;
  readonly helo: string;
  /** The address of the sending server. */
  readonly address: string;
};

/** RFC 7208, section 4.6.4, allows at least 20 s; this is shorter because people wait for the result. */
const TIMEOUT_MS = 10_000;
/** The receiving server's name in macros. */
const RECEIVER = 'mail.protection.outlook.com';

const statusSchema = z.object({ result: z.enum(RESULTS), comment: z.union([z.string(), z.boolean()]).nullish() });

/** Evaluates SPF for one server that sends for one domain, strictly according to RFC 7208. */
export async function checkSpf(dns: Pick<Dns, 'raw'>, { sender, helo, address }: SpfQuestion): Promise<SpfAnswer> {
  const limits = { strict: true, maxElapsedTime: TIMEOUT_MS };
  const { spf } = await import('mailauth/lib/spf/index.js');
  const { status, rr } = await spf({ sender, helo, ip: address, mta: RECEIVER, resolver: resolverFor(dns), ...limits });
  const { result, comment } = statusSchema.parse(status);
  const sendsNothing = typeof rr === 'string' && /^v=spf1 +-all *$/i.test(rr);
  const isError = result === 'temperror' || result === 'permerror';
  return { result, reason: isError && typeof comment === 'string' ? comment : null, sendsNothing };
}
