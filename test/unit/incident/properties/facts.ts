import type { Person } from '../../../../src/incident/model/approval.ts';
import type { Ending } from '../../../../src/incident/model/ending.ts';
import type { Check } from '../../../../src/incident/model/finding.ts';
import type { Configuration } from '../../../../src/incident/model/fingerprint.ts';
import type { LinkedAlert } from '../../../../src/incident/model/linked-alert.ts';

/**
 * The rules of two-person control and of break-glass as plain facts: what people said and what Exchange was seen to do. It
 * knows no table of states; the state is read off the facts.
 */
export type Facts = {
  /** What Exchange was last seen to say of the connector; null while none is known. */
  readonly connector: { readonly configuration: Configuration | null } | null;
  /** Of the incident once the event that is judged has been written. */
  readonly revision: number;
  /** From which revision on cards show which configuration, oldest first. */
  readonly drawn: readonly { readonly revision: number; readonly configuration: Configuration | null }[];
  readonly approval: ApprovalFacts | null;
  /** Put to the approver of the last approval, oldest first. */
  readonly questions: readonly { readonly by: string; readonly text: string; readonly at: number }[];
  /** Of one person alone, oldest first. */
  readonly acts: readonly ActFacts[];
  /** Whether an approval or an act was begun last; null before either. */
  readonly way: 'two_people' | 'break_glass' | null;
  readonly call: CallFacts | null;
  readonly ending: Ending | null;
  /** Reads that began before this count for nothing, ms. */
  readonly lastChange: number;
  /** When the state last changed, somebody remarked on it or people were reminded, ms. */
  readonly stirredAt: number;
  readonly reminders: number;
  readonly missingSince: number | null;
  readonly acknowledgedBy: readonly string[];
  readonly lastKeep: { readonly by: string; readonly reason: string } | null;
  /** By alert id, what it last said and why it is here. */
  readonly alerts: ReadonlyMap<string, { readonly says: string; readonly link: LinkedAlert['link'] }>;
  /** Alerts a person said are not of this connector. */
  readonly unlinked: ReadonlySet<string>;
  /** By check, when the reading began whose finding is kept, ms, and whether it is bad. */
  readonly readings: ReadonlyMap<Check, { readonly readAt: number; readonly isBad: boolean }>;
};

export type ApprovalFacts = {
  readonly id: string;
  readonly approver: string;
  readonly expiresAt: number;
  readonly shown: Configuration | null;
  /** What was bad then; nobody approves without having acknowledged it. */
  readonly acknowledged: readonly Check[];
  /** By check, the revision that brought a danger nobody had acknowledged. */
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

/** What must be asked of others when an event counts; everything else but the card is left to the product. */
export type Asked = 'unblock_connector' | 'expire_approval' | 'break_glass_due' | 'verify_unblock' | 'look_again';

export type Judgement =
  | { readonly kind: 'applied'; readonly facts: Facts; readonly asks: readonly Asked[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'repeated' | 'ignored' };

export const IGNORED: Judgement = { kind: 'ignored' };
export const REPEATED: Judgement = { kind: 'repeated' };
export const TO_ATTEST = ['traffic_reviewed', 'changes_reviewed', 'admins_secured'];

export const who = (person: Person): string => person.objectId.toLowerCase();

const LIFTED: readonly Ending[] = ['two_admins', 'break_glass', 'earlier_call', 'elsewhere'];

/** The state these facts amount to. */
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
  return stateOfCall(call, approval.id, '');
}

function stateOfAct({ call }: Facts, act: ActFacts | undefined): string {
  if (act === undefined || act.over !== null) return 'restricted';
  return act.due ? stateOfCall(call, act.id, 'break_glass_') : 'break_glass_waiting';
}

function stateOfCall(call: CallFacts | null, id: string, prefix: string): string {
  if (call === null || call.authorizationId !== id || call.outcome === 'pending') return `${prefix}unblocking`;
  return call.outcome === 'refused' || call.timedOut ? 'unblock_failed' : `${prefix}verifying`;
}

export function applied(facts: Facts, ...asks: readonly Asked[]): Judgement {
  return { kind: 'applied', facts, asks };
}

export function refused(reason: string): Judgement {
  return { kind: 'refused', reason };
}
