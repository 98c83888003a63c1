import { domainToASCII } from 'node:url';
import type { Reading } from '../../incident/model/observation.ts';
import { parsedReading } from '../http/parsed-reading.ts';
import type { ExchangeClient } from './client.ts';
import { booleanIn, first, rowOf, textIn } from './row.ts';

/** An accepted domain of the tenant, in lower case, an international name in its ASCII form. */
export type AcceptedDomain = { readonly domain: string; readonly withSubdomains: boolean };

/** Whether the domain, in lower case, is the accepted domain or one of the subdomains that it includes. */
export function covers({ domain: accepted, withSubdomains }: AcceptedDomain, domain: string): boolean {
  return domain === accepted || (withSubdomains && domain.endsWith(`.${accepted}`));
}

export type ListAcceptedDomains = (signal?: AbortSignal) => Promise<Reading<AcceptedDomain>>;

/**
 * Creates a reader of the tenant's accepted domains (`Get-AcceptedDomain`; Exchange PowerShell: DomainName and
 * MatchSubDomains). Throws an UpstreamError.
 */
export function createAcceptedDomains(client: ExchangeClient): ListAcceptedDomains {
  return async (signal) => {
    const { items: rows, reason: incomplete } = await client.read('Get-AcceptedDomain', {}, signal);
    const unreadable = (count: number) => `Exchange sent ${count} accepted domains that could not be read`;
    return parsedReading({ rows, incomplete }, acceptedDomainIn, unreadable);
  };
}

function acceptedDomainIn(value: unknown): AcceptedDomain | null {
  const row = rowOf(value);
  const domain = row === null ? null : first(row, ['DomainName', 'Name'], textIn);
  if (row === null || domain === null) return null;
  return { domain: domainIn(domain), withSubdomains: first(row, ['MatchSubDomains'], booleanIn) ?? false };
}

/** Returns a domain in the form in which DNS and other sources write it; a text that is no domain in lower case. */
export function domainIn(text: string): string {
  return domainToASCII(text) || text.toLowerCase();
}
