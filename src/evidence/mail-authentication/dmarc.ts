import { z } from 'zod';
import type { Dns } from '../../dns/resolver.ts';
import { resolverFor } from './library-resolver.ts';

const POLICIES = ['none', 'quarantine', 'reject'] as const;

type DmarcPolicy = (typeof POLICIES)[number];

export type DmarcAnswer =
  | { readonly kind: 'missing' }
  /** `aligned`: one of the given identifiers passes for the domain. */
  | { readonly kind: 'policy'; readonly policy: DmarcPolicy; readonly aligned: boolean }
  | { readonly kind: 'unread'; readonly reason: string };

export type DmarcQuestion = {
  /** The domain of the From header. */
  readonly domain: string;
  /** The domains that passed SPF, and those that signed with DKIM. */
  readonly spfDomains: readonly string[];
  readonly dkimDomains: readonly string[];
};

const answerSchema = z.looseObject({
  status: z.looseObject({ result: z.enum(['none', 'pass', 'fail', 'temperror']) }),
  policy: z.enum(POLICIES).optional(),
  error: z.string().optional(),
});

/** Finds the DMARC policy that applies to a domain, according to RFC 9989, which replaces RFC 7489. */
export async function checkDmarc(
  dns: Pick<Dns, 'raw'>,
  { domain, spfDomains, dkimDomains }: DmarcQuestion,
): Promise<DmarcAnswer> {
  const { dmarc } = await import('mailauth/lib/dmarc/index.js');
  const answer = answerSchema.safeParse(
    await dmarc({
      headerFrom: [`postmaster@${domain}`],
      spfDomains: [...spfDomains],
      dkimDomains: dkimDomains.map((signer) => ({ domain: signer })),
      resolver: resolverFor(dns),
      strict: true,
    }),
  );
  if (!answer.success) return { kind: 'unread', reason: `${domain} is not a domain that mail can come from` };
  const { status, policy, error } = answer.data;
  if (status.result === 'temperror') return { kind: 'unread', reason: error ?? 'DNS did not answer' };
  if (status.result === 'none' || policy === undefined) return { kind: 'missing' };
  return { kind: 'policy', policy, aligned: status.result === 'pass' };
}
