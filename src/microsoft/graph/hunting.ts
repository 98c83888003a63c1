import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { UpstreamError } from '../../shared/errors.ts';
import { callGraph, type GraphCall } from './call.ts';

/** Rows of one query; `not_licensed` when the tenant does not have the table that it reads. */
type HuntingAnswer = { readonly kind: 'rows'; readonly rows: readonly unknown[] } | { readonly kind: 'not_licensed' };

/** `timeoutMs` bounds the one attempt that is made; `signal` ends it sooner. */
type HuntingOptions = { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined };

export type Hunting = (query: string, options: HuntingOptions) => Promise<HuntingAnswer>;

/** Waits for, or throws an UpstreamError `throttled` in place of, a call that would break a limit of the service. */
export type Permit = () => Promise<void>;

/** How long the service keeps mail (Microsoft Graph: security API overview, advanced hunting quotas). */
export const HUNTING_KEPT_MS = 30 * 24 * 3_600_000;

/** What the query engine says of a table that the tenant's licences do not include. */
const NO_TABLE = /failed to resolve (?:table|scalar|column)[^'"]*expression named/i;

const answerSchema = z.object({ results: z.array(z.unknown()) });

/**
 * Runs queries of advanced hunting (Microsoft Graph: security: runHuntingQuery; ThreatHunting.Read.All). A query is sent
 * once: each attempt is charged to the tenant's quota. Throws an UpstreamError; `forbidden` without the permission.
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
    await permit();
    try {
      const { results } = await callGraph(client, call, answerSchema);
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
