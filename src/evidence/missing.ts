import type { Statement } from '../incident/model/finding.ts';
import type { EvidenceSource } from '../incident/model/statements/general.ts';
import { UpstreamError } from '../shared/errors.ts';

/** The source of a reading, and the Graph permission or Exchange role without which it is refused; null where none is required. */
export type Needs = { readonly source: EvidenceSource; readonly permission: string | null };

const MAX_REASON = 200;

/** Returns the statement for a reading that failed. Rethrows an error that is not an UpstreamError. */
export function missing(error: unknown, { source, permission }: Needs): Statement {
  if (!(error instanceof UpstreamError)) throw error;
  const { failure, message } = error.details;
  if (failure === 'timeout') return noAnswerInTime(source);
  if (failure === 'forbidden' && permission !== null) {
    return { kind: 'not_permitted', verdict: 'unknown', values: { source, permission } };
  }
  const reason = message.slice(0, MAX_REASON);
  return { kind: 'no_answer', verdict: 'unknown', values: { source, reason } };
}

export function noAnswerInTime(source: EvidenceSource): Statement {
  return { kind: 'no_answer_in_time', verdict: 'unknown', values: { source } };
}

/** Awaits a reading that may fail without failing its check. Returns its value, or null and a statement of the reason. */
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

/** Removes duplicates from the statements of several readings. */
export function distinct(statements: readonly Statement[]): readonly Statement[] {
  return [...new Map(statements.map((one) => [JSON.stringify(one), one])).values()];
}
