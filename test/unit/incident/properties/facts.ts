import type { Person } from '../../../../src/incident/model/approval.ts';
import type { Ending } from '../../../../src/incident/model/ending.ts';
import type { Check } from '../../../../src/incident/model/finding.ts';
import type { Configuration } from '../../../../src/incident/model/fingerprint.ts';
import type { LinkedAlert } from '../../../../src/incident/model/linked-alert.ts';

/**
 * The facts from which the model judges two-person control and break-glass: people's decisions and what Exchange was seen to do.
 * It has no table of states; the state follows from the facts.
 */
export type Facts = {
  /** The connector as last read; null while none is known. */
  readonly connector: { readonly configuration: Configuration | null } | null;
  /** The incident's revision after the judged event. */
  readonly revision: number;
  /** The first revision whose card shows the present state. */
  readonly stateRevision: number;
  /** The first revision whose card shows each configuration, oldest first. */
  readonly drawn: readonly { readonly revision: number; readonly configuration: Configuration | null }[];
  readonly approval: ApprovalFacts | null;
  /** The questions to the approver of the last approval, oldest first. */
  readonly questions: readonly { readonly by: string; readonly text: string; readonly at: number }[];
  /** The break-glass acts, oldest first. */
  readonly acts: readonly ActFacts[];
  /** Whether an approval or an act was begun last; null before either. */
  readonly way: 'two_people' | 'break_glass' | null;
  readonly call: CallFacts | null;
  readonly ending: Ending | null;
  /** Readings that began before this are ignored, ms. */
  readonly lastChange: number;
  /** When the state last changed, a person remarked, or people were reminded, ms. */
  readonly stirredAt: number;
  readonly reminders: number;
  readonly missingSince: number | null;
  readonly acknowledgedBy: readonly string[];
  readonly lastKeep: { readonly by: string; readonly reason: string } | null;
  /** The last contents and the link of each alert, by alert id. */
  readonly alerts: ReadonlyMap<string, { readonly says: string; readonly link: LinkedAlert['link'] }>;
  /** Alerts that a person unlinked from this connector. */
  readonly unlinked: ReadonlySet<string>;
  /** When the reading of the stored finding began, ms, and whether it is bad, by check. */
  readonly readings: ReadonlyMap<Check, { readonly readAt: number; readonly isBad: boolean }>;
};

export type ApprovalFacts = {
  readonly id: string;
  readonly approver: string;
  readonly expiresAt: number;
  readonly shown: Configuration | null;
  /** The checks that were bad at the approval, which the approver must acknowledge. */
  readonly acknowledged: readonly Check[];
  /** The revision that first showed an unacknowledged danger, by check. */
  readonly dangers: ReadonlyMap<Check, number>;
  readonly confirmer: string | null;
  readonly over: {
    readonly how: 'rejected' | 'withdrawn' | 'expired' | 'voided' | 'overtaken';
    by: string | null;
  } | null;
};

export type ActFacts = {
  readonly id: string;
  readonly by: string;
  readonly actsAt: number;
  readonly due: boolean;
  readonly asked: boolean;
  readonly over: { readonly how: 'stopped' | 'voided' | 'overtaken'; readonly by: string | null } | null;
  readonly reviewer: string | null;
};

export type CallFacts = {
  readonly authorizationId: string;
  readonly outcome: 'pending' | 'accepted' | 'not_called' | 'unknown' | 'busy' | 'refused';
  readonly verifyBy: number;
  readonly timedOut: boolean;
};

/** The effects that an applied event must have. The model leaves all others, such as cards, to the product. */
export type Asked = 'unblock_connector' | 'expire_approval' | 'break_glass_due' | 'verify_unblock' | 'reconcile';

export type Judgement =
  | { readonly kind: 'applied'; readonly facts: Facts; readonly asks: readonly Asked[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'repeated' | 'ignored' };

export const IGNORED: Judgement = { kind: 'ignored' };
export const REPEATED: Judgement = { kind: 'repeated' };
export const TO_ATTEST = ['traffic_reviewed', 'changes_reviewed', 'admins_secured'];

export const who = (person: Person): string => person.objectId.toLowerCase();

const LIFTED: readonly Ending[] = ['two_admins', 'break_glass', 'earlier_call', 'elsewhere'];

/** Derives the state from the facts. */
export function stateOf(facts: Facts): string {
  const { ending, connector, way } = facts;
  if (ending !== null && LIFTED.includes(ending)) return 'unblocked';
  if (ending !== null) return 'closed';
  if (connector === null) return 'alerted';
  return way === 'break_glass' ? stateOfAct(facts, facts.acts.at(-1)) : stateOfApproval(facts);
}

function stateOfApproval({ approval, call }: Facts): string {
  if (approval === null || approval.over !== null) return 'restricted';
  if (approval.confirmer === null) return 'awaiting_confirmation';
  return stateOfCall(call, approval.id);
}

function stateOfAct({ call }: Facts, act: ActFacts | undefined): string {
  if (act === undefined || act.over !== null) return 'restricted';
  return act.due ? stateOfCall(call, act.id) : 'break_glass_waiting';
}

function stateOfCall(call: CallFacts | null, id: string): string {
  if (call === null || call.authorizationId !== id || call.outcome === 'pending') return 'unblocking';
  return call.outcome === 'refused' || call.timedOut ? 'unblock_failed' : 'verifying';
}

export function applied(facts: Facts, ...asks: readonly Asked[]): Judgement {
  return { kind: 'applied', facts, asks };
}

export function refused(reason: string): Judgement {
  return { kind: 'refused', reason };
}
