import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { UpstreamError } from '../../shared/errors.ts';
import { callGraph, type GraphCall } from './call.ts';
import { type Permit, permitted } from './permitted.ts';

/** The rows of a query; `not_licensed` when the tenant lacks the queried table. */
type HuntingResult = { readonly kind: 'rows'; readonly rows: readonly unknown[] } | { readonly kind: 'not_licensed' };

/** `timeoutMs` is the timeout of one attempt; `signal` aborts it earlier. */
type HuntingOptions = { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined };

export type Hunting = (query: string, options: HuntingOptions) => Promise<HuntingResult>;

/** How long advanced hunting keeps mail, in ms (Microsoft Graph: security API overview, advanced hunting quotas). */
export const HUNTING_RETENTION_MS = 30 * 24 * 3_600_000;

/**
 * Matches the query engine's error for a table that the tenant's licences do not include. A column that cannot be resolved is
 * another fault.
 */
const NO_TABLE = /failed to resolve table[^'"]*expression named/i;

const responseSchema = z.object({ results: z.array(z.unknown()) });

/**
 * Creates a client of advanced hunting (Microsoft Graph: security: runHuntingQuery; ThreatHunting.Read.All). A query is
 * retried only after a failed connection, because every attempt counts against the tenant's quota. Throws an UpstreamError;
 * `forbidden` without the permission.
 */
export function createHunting(client: Client, permit: Permit = async () => {}): Hunting {
  return async (query, { timeoutMs, signal }) => {
    const call: GraphCall = {
      method: 'POST',
      path: '/security/runHuntingQuery',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: { Query: query },
      timeoutMs,
      signal,
    };
    try {
      const { results } = await permitted(permit, () => callGraph(client, call, responseSchema));
      return { kind: 'rows', rows: results };
    } catch (error) {
      if (isWithoutTable(error)) return { kind: 'not_licensed' };
      throw error;
    }
  };
}

function isWithoutTable(error: unknown): boolean {
  return error instanceof UpstreamError && error.details.status === 400 && NO_TABLE.test(error.details.message);
}
