import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { UpstreamError } from '../../shared/errors.ts';
import { instantOf } from '../http/instant.ts';
import { callGraph, knownOrNull } from './call.ts';

/** A user of the directory. */
export type Account = {
  readonly id: string;
  readonly enabled: boolean;
  /** The time of the last password change, ms since the epoch; null when Graph does not return it. */
  readonly passwordAt: number | null;
};

/** `not_licensed`: the tenant has no Identity Protection. `risk` is null for a user without a recorded risk. */
type RiskReading =
  | { readonly kind: 'read'; readonly risk: { readonly level: string; readonly state: string } | null }
  | { readonly kind: 'not_licensed' };

export type Accounts = {
  /** Returns the user with this principal name, or null when there is none. Throws an UpstreamError. */
  readAccount(principalName: string, signal?: AbortSignal): Promise<Account | null>;
  /** Reads the user's risk from Identity Protection. Requires IdentityRiskyUser.Read.All. Throws an UpstreamError. */
  readRisk(accountId: string, signal?: AbortSignal): Promise<RiskReading>;
};

const userSchema = z.looseObject({
  id: z.guid(),
  accountEnabled: z.boolean(),
  lastPasswordChangeDateTime: z.string().nullish(),
});

const riskSchema = z.looseObject({ riskLevel: z.string(), riskState: z.string() });

/** Matches Graph's error message about a missing licence (seen in practice; no error code is documented). */
const UNLICENSED = /licen[cs]e/i;

/** The level that is returned instead of the real one without a licence (Microsoft Graph: riskyUser, riskLevel). */
const HIDDEN = 'hidden';

/** Creates a reader of user accounts and their risk (Microsoft Graph: Get user; Get riskyUser). */
export function createAccounts(client: Client): Accounts {
  return {
    async readAccount(principalName, signal) {
      const query = { $select: 'id,accountEnabled,lastPasswordChangeDateTime' };
      const path = `/users/${encodeURIComponent(principalName)}`;
      const user = await knownOrNull(callGraph(client, { method: 'GET', path, query, signal }, userSchema));
      if (user === null) return null;
      const { id, accountEnabled: enabled, lastPasswordChangeDateTime: changed } = user;
      return { id, enabled, passwordAt: instantOf(changed) };
    },

    async readRisk(accountId, signal) {
      const path = `/identityProtection/riskyUsers/${encodeURIComponent(accountId)}`;
      try {
        const row = await knownOrNull(callGraph(client, { method: 'GET', path, signal }, riskSchema));
        if (row?.riskLevel === HIDDEN) return { kind: 'not_licensed' };
        return { kind: 'read', risk: row && { level: row.riskLevel, state: row.riskState } };
      } catch (error) {
        const isRefused = error instanceof UpstreamError && ['forbidden', 'rejected'].includes(error.details.failure);
        if (isRefused && UNLICENSED.test(error.message)) return { kind: 'not_licensed' };
        throw error;
      }
    },
  };
}
