import type { Statement } from '../incident/model/finding.ts';
import type { EvidenceSource } from '../incident/model/statements/general.ts';
import { UpstreamError } from '../shared/errors.ts';

/** Where a reading comes from, and the Graph permission or Exchange role without which it is refused; null where none is needed. */
export type Needs = { readonly source: EvidenceSource; readonly permission: string | null };

const MAX_REASON = 200;

/** The statement for a reading that failed. Throws again what is no failure of another system. */
export function missing(error: unknown, { source, permission }: Needs): Statement {
  if (!(error instanceof UpstreamError)) throw error;
  const { failure, message: words } = error.details;
  if (failure === 'timeout') return noAnswerInTime(source);
  if (failure === 'forbidden' && permission !== null) {
    return { kind: 'not_permitted', verdict: 'unknown', values: { source, permission } };
  }
  const reason = words.slice(0, MAX_REASON);
  return { kind: 'no_answer', verdict: 'unknown', values: { source, reason } };
}

export function noAnswerInTime(source: EvidenceSource): Statement {
  return { kind: 'no_answer_in_time', verdict: 'unknown', values: { source } };
}

/** A reading that may fail without taking the others of its check with it: its value, or null and why. */
export async function attempt<T>(
  needs: Needs,
  reading: Promise<T>,
): Promise<{ readonly value: T | null; readonly missing: readonly Statement[] }> {
  try {
    return { value: await reading, missing: [] };
  } catch (error) {
    return { value: null, missing: [missing(error, needs)] };
  }
}

/** What several readings of a check miss, each reason once. */
export function distinct(statements: readonly Statement[]): readonly Statement[] {
  return [...new Map(statements.map((one) => [JSON.stringify(one), one])).values()];
}
