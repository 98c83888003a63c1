import type { Person } from '../../incident/model/approval.ts';
import type { Ineligible, Refusal } from '../../incident/model/refusal.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { within } from '../../shared/timeout.ts';
import type { Sender } from '../transport/incoming.ts';

/** Checks whether a person may approve and confirm now; rejects with an UpstreamError when the directory does not respond. */
export type CheckEligible = (
  objectId: string,
  options: { readonly signal: AbortSignal },
) => Promise<
  { readonly eligible: true; readonly name: string } | { readonly eligible: false; readonly reason: Ineligible }
>;

export type Eligibility =
  | { readonly kind: 'eligible'; readonly person: Person }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

type Dependencies = {
  readonly checkEligible: CheckEligible;
  readonly tenantId: string;
  /** The timeout of the directory, ms. */
  readonly deadlineMs: number;
};

/**
 * Returns the person a sender is, with the directory's name for them, or why they may not act. A sender of another tenant is
 * refused without a lookup, and everyone is refused when the directory does not respond in time.
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

async function answerInTime<T>(ms: number, lookUp: (signal: AbortSignal) => Promise<T>): Promise<T | NoAnswer> {
  try {
    return (await within(ms, lookUp)) ?? { eligible: false, reason: 'directory_unreachable' };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return { eligible: false, reason: isRefused(error) ? 'directory_refused' : 'directory_unreachable' };
  }
}

/** Whether a person must act before a later attempt can succeed, as when a permission is missing or the app's secret has expired. */
function isRefused({ retryable, details: { service, failure } }: UpstreamError): boolean {
  return failure === 'forbidden' || failure === 'unauthorized' || (service === 'entra' && !retryable);
}

function refused(refusal: Refusal): Eligibility {
  return { kind: 'refused', refusal };
}
