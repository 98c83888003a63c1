import type { Attestation } from './attestation.ts';
import type { Check } from './finding.ts';
import type { ConfigurationChange } from './fingerprint.ts';

/** A person, as named by the authenticated activity and the directory. Tenant and object id are the identity; the name is for display. */
export type Person = {
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
};

/** One change of a connector, from Microsoft's unified audit log. */
export type ConfigurationEdit = {
  /** The author as the log names it: a user principal name, or the name of a Microsoft process or an application. */
  readonly by: string;
  readonly at: number;
  /** The client's address; absent where the log has none. */
  readonly address?: string | undefined;
  /** The cmdlet, such as `Set-InboundConnector`. */
  readonly operation: string;
};

/** Why an approval became void before Exchange was called. */
export type VoidCause =
  | {
      readonly kind: 'configuration_changed';
      readonly changes: readonly ConfigurationChange[];
      /** The changes' authors; absent when the audit log has none. */
      readonly edits?: readonly ConfigurationEdit[] | undefined;
    }
  | { readonly kind: 'not_eligible'; readonly who: 'approver' | 'confirmer' | 'emergency'; readonly name: string }
  | { readonly kind: 'could_not_recheck'; readonly words: string }
  /** The audit trail is broken from the entry with this number on. */
  | { readonly kind: 'audit_trail_broken'; readonly seq: number };

export type ApprovalEnding =
  | { readonly kind: 'confirmed'; readonly by: Person; readonly at: number }
  | { readonly kind: 'rejected'; readonly by: Person; readonly at: number; readonly reason: string | null }
  | { readonly kind: 'withdrawn'; readonly by: Person; readonly at: number }
  | { readonly kind: 'expired'; readonly at: number }
  | { readonly kind: 'voided'; readonly at: number; readonly cause: VoidCause }
  | { readonly kind: 'overtaken'; readonly at: number };

/** A check that turned bad after the approval and that the approver has not acknowledged. */
export type NewDanger = {
  readonly check: Check;
  /** The first revision of the incident whose card shows it. */
  readonly fromRevision: number;
};

/** The first admin's approval, its confirmation and its ending. */
export type Approval = {
  readonly id: string;
  readonly approver: Person;
  readonly approvedAt: number;
  readonly expiresAt: number;
  readonly reason: string;
  /** Ids of the recommendations the approver attested. */
  readonly attested: readonly string[];
  /** What the approver was shown while attesting; null for an approval of an older version. */
  readonly attestation: Attestation | null;
  /** The fingerprint of the configuration the approver was shown; null when Exchange returned none. */
  readonly fingerprint: string | null;
  /** The checks that turned bad since the approval; absent until there are any. */
  readonly dangers?: readonly NewDanger[] | undefined;
  /** The second, different admin; kept even when the approval is voided afterwards. */
  readonly confirmer: Person | null;
  readonly confirmedAt: number | null;
  /** The revision of the card on which it was confirmed; absent where that is not known. */
  readonly confirmedShown?: number | undefined;
  /** Null while the approval waits for its confirmation. */
  readonly ending: ApprovalEnding | null;
};

/** Whether the two are the same person in the same tenant. Names are not compared. */
export function isSamePerson(a: Person, b: Person): boolean {
  return a.objectId.toLowerCase() === b.objectId.toLowerCase() && a.tenantId.toLowerCase() === b.tenantId.toLowerCase();
}
