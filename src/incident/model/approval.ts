import type { Attestation } from './attestation.ts';
import type { Check } from './finding.ts';
import type { ConfigurationChange } from './fingerprint.ts';

/** A person as the authenticated activity and the directory name them; identity is tenant and object id, the name is for reading. */
export type Person = {
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
};

/** One change of a connector as Microsoft's unified audit log tells it. */
export type ConfigurationEdit = {
  /** Who made it, in the log's words: a user principal name, or an application's or a Microsoft process's name. */
  readonly by: string;
  readonly at: number;
  /** From which address, where the log has it. */
  readonly address?: string | undefined;
  /** The cmdlet, such as `Set-InboundConnector`. */
  readonly operation: string;
};

/** Why an approval stopped counting before Exchange was called. */
export type VoidCause =
  | {
      readonly kind: 'configuration_changed';
      readonly changes: readonly ConfigurationChange[];
      /** Who changed it; absent unless the audit log has told. */
      readonly edits?: readonly ConfigurationEdit[] | undefined;
    }
  | { readonly kind: 'not_eligible'; readonly who: 'approver' | 'confirmer' | 'emergency'; readonly name: string }
  | { readonly kind: 'could_not_recheck'; readonly words: string }
  /** The audit trail is not what it was, from the entry of this number on. */
  | { readonly kind: 'audit_trail_broken'; readonly seq: number };

export type ApprovalEnding =
  | { readonly kind: 'confirmed'; readonly by: Person; readonly at: number }
  | { readonly kind: 'rejected'; readonly by: Person; readonly at: number; readonly reason: string | null }
  | { readonly kind: 'withdrawn'; readonly by: Person; readonly at: number }
  | { readonly kind: 'expired'; readonly at: number }
  | { readonly kind: 'voided'; readonly at: number; readonly cause: VoidCause }
  | { readonly kind: 'overtaken'; readonly at: number };

/** A check that found something bad after the approval, which the approver has not acknowledged. */
export type NewDanger = {
  readonly check: Check;
  /** Cards drawn from this revision of the incident on show it. */
  readonly fromRevision: number;
};

/** The first admin's agreement and everything that became of it. */
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
  /** Of the configuration the approver was shown; null when Exchange did not show one. */
  readonly fingerprint: string | null;
  /** What the checks found since that is bad; absent until they did. */
  readonly dangers?: readonly NewDanger[] | undefined;
  /** The second, different admin; kept even when the approval is voided afterwards. */
  readonly confirmer: Person | null;
  readonly confirmedAt: number | null;
  /** Null while the approval waits for its confirmation. */
  readonly ending: ApprovalEnding | null;
};

/** The same person in the same tenant, whatever name or device they come with. */
export function isSamePerson(a: Person, b: Person): boolean {
  return a.objectId.toLowerCase() === b.objectId.toLowerCase() && a.tenantId.toLowerCase() === b.tenantId.toLowerCase();
}
