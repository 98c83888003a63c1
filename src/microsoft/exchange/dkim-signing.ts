import type { Reading } from '../../incident/model/observation.ts';
import { parsedReading } from '../http/parsed-reading.ts';
import type { ExchangeClient } from './client.ts';
import { booleanIn, first, rowOf, textIn } from './row.ts';

/** Whether Exchange Online signs a domain's mail with a key of that domain; the domain is in lower case. */
export type DkimSigning = { readonly domain: string; readonly enabled: boolean };

export type ListDkimSigning = (signal?: AbortSignal) => Promise<Reading<DkimSigning>>;

/**
 * Creates a reader of the tenant's DKIM signing settings (`Get-DkimSigningConfig`; Exchange PowerShell: Domain and
 * Enabled). Throws an UpstreamError.
 */
export function createDkimSigning(client: ExchangeClient): ListDkimSigning {
  return async (signal) => {
    const { items: rows, reason: incomplete } = await client.read('Get-DkimSigningConfig', {}, signal);
    const unreadable = (count: number) => `Exchange sent ${count} signing settings that could not be read`;
    return parsedReading({ rows, incomplete }, signingIn, unreadable);
  };
}

function signingIn(value: unknown): DkimSigning | null {
  const row = rowOf(value);
  const domain = row === null ? null : first(row, ['Domain', 'Name', 'Identity'], textIn);
  const enabled = row === null ? null : first(row, ['Enabled'], booleanIn);
  return domain === null || enabled === null ? null : { domain: domain.toLowerCase(), enabled };
}
