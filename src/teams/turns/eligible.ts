import type { Person } from '../../incident/model/approval.ts';
import type { Refusal } from '../../incident/model/refusal.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { within } from '../../shared/timeout.ts';
import type { Sender } from '../transport/incoming.ts';

/** Whether somebody may approve and confirm right now; rejects with an UpstreamError when the directory cannot say. */
export type CheckEligible = (
  objectId: string,
  options: { readonly signal: AbortSignal },
) => Promise<
  { readonly eligible: true; readonly name: string } | { readonly eligible: false; readonly reason: Ineligible }
>;

type Ineligible = 'not_member' | 'no_active_role' | 'neither_member_nor_role' | 'guest' | 'account_disabled';

export type Eligibility =
  | { readonly kind: 'eligible'; readonly person: Person }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

type Dependencies = {
  readonly checkEligible: CheckEligible;
  readonly tenantId: string;
  /** How long the directory may take. */
  readonly deadlineMs: number;
};

/**
 * The person a sender is, under the directory's name for them, or why they may not. A sender of another tenant is not
 * looked up, and a directory that does not answer in time refuses everybody.
 */
export async function eligibility(
  { checkEligible, tenantId, deadlineMs }: Dependencies,
  sender: Sender,
): Promise<Eligibility> {
  const { objectId, isBot = false } = sender;
  if (sender.tenantId?.toLowerCase() !== tenantId.toLowerCase()) return refused({ reason: 'wrong_tenant' });
  if (isBot) return refused({ reason: 'not_a_person' });
  if (objectId === null) return refused({ reason: 'not_identified' });
  const answer = await answerInTime(deadlineMs, (signal) => checkEligible(objectId, { signal }));
  if (!answer.eligible) return refused({ reason: answer.reason });
  return { kind: 'eligible', person: { tenantId, objectId, name: answer.name } };
}

type NoAnswer = { readonly eligible: false; readonly reason: 'directory_unreachable' | 'directory_refused' };

async function answerInTime<T>(ms: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T | NoAnswer> {
  try {
    return (await within(ms, ask)) ?? { eligible: false, reason: 'directory_unreachable' };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const isRefused = error.details.failure === 'forbidden';
    return { eligible: false, reason: isRefused ? 'directory_refused' : 'directory_unreachable' };
  }
}

function refused(refusal: Refusal): Eligibility {
  return { kind: 'refused', refusal };
}
