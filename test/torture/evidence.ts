import type { Verdict } from '../../src/audit/verify.ts';
import type { Approval } from '../../src/incident/model/approval.ts';
import type { Incident } from '../../src/incident/model/incident.ts';
import type { AuditRow, JobRow } from '../../src/storage/schema.ts';
import type { EligibleSince } from '../tenant/directory.ts';
import type { Period } from '../tenant/restrictions.ts';

/** One press of a button, as the tenant sent it and was answered. */
export type Press = {
  readonly at: number;
  readonly answeredAt: number | undefined;
  /** Object id. */
  readonly by: string;
  readonly verb: string;
  readonly incidentId: string;
  readonly approvalId: string | undefined;
  readonly reason: string | undefined;
  /** False for a forged token or another tenant. */
  readonly genuine: boolean;
  readonly status: number | undefined;
  /** The answer; undefined when it was lost or had no text. */
  readonly sentence: string | undefined;
};

/** One delivery to the notification routes. */
export type Notice = {
  readonly what: string;
  readonly at: number;
  readonly genuine: boolean;
  /** Undefined when no answer came. */
  readonly status: number | undefined;
};

type RemoveCall = { readonly at: number; readonly connectorId: string; readonly reason: string };

/** A membership check of the approver group, from its arrival to its answer. */
type Check = { readonly of: string; readonly from: number; readonly to: number };

export type LiveCard = { readonly activityId: string; readonly headline: string; readonly text: string };

/** From when on a connector accepted mail from these addresses; the setting people change. */
type Configured = { readonly connectorId: string; readonly at: number; readonly addresses: readonly string[] };

type AlertAtEnd = { readonly id: string; readonly status: string; readonly comments: readonly string[] };

export type Exited = {
  readonly replica: string;
  readonly code: number | null;
  readonly signal: string | null;
  readonly ordered: boolean;
};

/** What a trial leaves behind: the calls the tenant received, the rows of the database, the log. Times are the tenant's, ms. */
export type Evidence = {
  readonly tenant: {
    readonly removeCalls: readonly RemoveCall[];
    readonly checks: readonly Check[];
    /** When `Get-BlockedConnector` was asked. */
    readonly looks: readonly number[];
    readonly periods: readonly Period[];
    /** Every configuration a connector has had, oldest first. */
    readonly configurations: readonly Configured[];
    readonly eligibility: readonly EligibleSince[];
    readonly alerts: readonly AlertAtEnd[];
    readonly cards: readonly LiveCard[];
  };
  readonly presses: readonly Press[];
  readonly notices: readonly Notice[];
  readonly database: {
    readonly incidents: readonly Incident[];
    readonly approvals: readonly (Approval & { readonly incidentId: string })[];
    /** By incident id, the message the service takes for its card. */
    readonly cards: ReadonlyMap<string, string>;
    readonly jobs: readonly JobRow[];
    readonly audit: readonly AuditRow[];
    readonly verdict: Verdict;
  };
  readonly logs: readonly string[];
  readonly exits: readonly Exited[];
  /** Texts that must be in no log. */
  readonly secrets: readonly string[];
  /** Whether the trial took the database away, so that the service may log errors about it. */
  readonly databaseTroubled: boolean;
};

/** A rule that holds whatever a trial did; returns one sentence for each violation. */
export type Invariant = (evidence: Evidence) => readonly string[];
