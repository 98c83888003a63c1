import type { Approval, Person } from './approval.ts';
import type { BreakGlassAct } from './break-glass.ts';
import type { GatherCause } from './finding.ts';
import type { SinceUnblock } from './follow-up.ts';

/** A short message in the card's thread, because editing a card sends no notification. */
export type Reply =
  | { readonly kind: 'approval_waiting'; readonly approval: Approval }
  | { readonly kind: 'approval_ended'; readonly approval: Approval }
  | { readonly kind: 'question'; readonly approval: Approval; readonly by: Person; readonly question: string }
  | { readonly kind: 'unblocked'; readonly by: 'two_admins' | 'earlier_call' | 'elsewhere' }
  | { readonly kind: 'break_glass_started'; readonly act: BreakGlassAct }
  | { readonly kind: 'break_glass_ended'; readonly act: BreakGlassAct }
  | { readonly kind: 'break_glass_unblocked'; readonly act: BreakGlassAct }
  | { readonly kind: 'connector_removed' }
  | ({ readonly kind: 'spam_after_unblock' } & SinceUnblock)
  /** `words` is Exchange's refusal; null when the connector was still listed at the timeout. `busy`: Exchange was too busy for the call. */
  | { readonly kind: 'unblock_failed'; readonly words: string | null; readonly busy?: true | undefined };

/** The consequences of a decision. The workflow turns each into a job in the same transaction. */
export type Effect =
  | { readonly kind: 'post_card' }
  | { readonly kind: 'update_card' }
  | { readonly kind: 'post_reply'; readonly reply: Reply }
  | { readonly kind: 'unblock_connector'; readonly authorizationId: string }
  | { readonly kind: 'break_glass_due'; readonly breakGlassId: string; readonly at: number }
  | { readonly kind: 'verify_unblock'; readonly verifyBy: number }
  | { readonly kind: 'expire_approval'; readonly approvalId: string; readonly at: number }
  | { readonly kind: 'update_alert'; readonly alertId: string }
  /** Searches the audit log for the author of the change that voided the approval. */
  | { readonly kind: 'attribute_change'; readonly approvalId: string }
  | { readonly kind: 'gather_findings'; readonly cause: GatherCause }
  | { readonly kind: 'reconcile' };
