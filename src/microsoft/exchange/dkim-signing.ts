import type { Reading } from '../../incident/model/observation.ts';
import { parsedReading } from '../http/parsed-reading.ts';
import { domainIn } from './accepted-domains.ts';
import type { ExchangeClient } from './client.ts';
import { booleanIn, first, rowOf, textIn } from './row.ts';

/** Whether Exchange Online signs a domain's mail with a key of that domain. */
export type DkimSigning = {
  /** In lower case, an international name in its ASCII form. */
  readonly domain: string;
  readonly enabled: boolean;
  /** Whether Exchange did not find the domain's CNAME records of the keys, without which no receiver can verify a signature. */
  readonly keysMissing: boolean;
};

export type ListDkimSigning = (signal?: AbortSignal) => Promise<Reading<DkimSigning>>;

/**
 * Creates a reader of the tenant's DKIM signing settings (`Get-DkimSigningConfig`; Exchange PowerShell: Domain and
 * Enabled; Microsoft Learn: Set up DKIM, Status). Throws an UpstreamError.
 */
export function createDkimSigning(client: ExchangeClient): ListDkimSigning {
  return async (signal) => {
    const { items: rows, reason: incomplete } = await client.read('Get-DkimSigningConfig', {}, signal);
    const unreadable = (count: number) => `Exchange sent ${count} signing settings that could not be read`;
    return parsedReading({ rows, incomplete }, signingIn, unreadable);
  };
}

const KEYS_MISSING = /^(CnameMissing|NoDKIMKeys)$/i;

function signingIn(value: unknown): DkimSigning | null {
  const row = rowOf(value);
  const domain = row === null ? null : first(row, ['Domain', 'Name', 'Identity'], textIn);
  const enabled = row === null ? null : first(row, ['Enabled'], booleanIn);
  if (row === null || domain === null || enabled === null) return null;
  const status = first(row, ['Status'], textIn);
  return { domain: domainIn(domain), enabled, keysMissing: KEYS_MISSING.test(status ?? '') };
}
