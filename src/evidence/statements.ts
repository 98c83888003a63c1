import type { Statement, Statements } from '../incident/model/finding.ts';
import type { Reading } from '../incident/model/observation.ts';
import type { EvidenceSource } from '../incident/model/statements/general.ts';
import { UpstreamError } from '../shared/errors.ts';

/** The Graph permission or Exchange role without which a source refuses the reading; null where none is required. */
const PERMISSIONS: Readonly<Record<EvidenceSource, string | null>> = {
  audit_log: 'View-Only Audit Logs',
  block_list: null,
  dns: null,
  exchange: 'Global Reader',
  graph: 'User.Read.All',
  hunting: 'ThreatHunting.Read.All',
  identity_protection: 'IdentityRiskyUser.Read.All',
  message_trace: 'ExchangeMessageTrace.Read.All',
};

const MAX_REASON = 200;

/** Returns the statement for a reading that failed. Rethrows an error that is not an UpstreamError. */
export function missing(error: unknown, source: EvidenceSource): Statement {
  if (!(error instanceof UpstreamError)) throw error;
  const { failure, message } = error.details;
  if (failure === 'timeout') return noAnswerInTime(source);
  const permission = PERMISSIONS[source];
  if (failure === 'forbidden' && permission !== null) {
    return { kind: 'not_permitted', verdict: 'unknown', values: { source, permission } };
  }
  const reason = message.slice(0, MAX_REASON);
  return { kind: 'no_answer', verdict: 'unknown', values: { source, reason } };
}

export function noAnswerInTime(source: EvidenceSource): Statement {
  return { kind: 'no_answer_in_time', verdict: 'unknown', values: { source } };
}

/** Returns the statement for a reading of which only a part succeeded; none for a complete one. */
export function incomplete({ reason }: Pick<Reading<unknown>, 'reason'>, source: EvidenceSource): readonly Statement[] {
  return reason === null ? [] : [{ kind: 'incomplete', verdict: 'unknown', values: { source, reason } }];
}

/** Returns the statement that only the first `most` of `count` domains or addresses were looked up; none when all were. */
export function lookedUp(what: 'domains' | 'addresses', most: number, count: number): readonly Statement[] {
  return count <= most ? [] : [{ kind: 'looked_up_in_part', verdict: 'unknown', values: { what, read: most, count } }];
}

/** The value of a reading, or null and a statement of the reason. */
export type Attempt<T> = { readonly value: T | null; readonly missing: readonly Statement[] };

/** Awaits a reading that may fail without failing its check. */
export async function attempt<T>(source: EvidenceSource, reading: Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await reading, missing: [] };
  } catch (error) {
    return { value: null, missing: [missing(error, source)] };
  }
}

/** Returns the statements or, where there are none, the one that says so. */
export function orElse(found: readonly Statement[], otherwise: Statement): Statements {
  const [first, ...rest] = found;
  return first === undefined ? [otherwise] : [first, ...rest];
}

/** Removes duplicates from the statements of several readings. */
export function distinct(statements: readonly Statement[]): readonly Statement[] {
  return [...new Map(statements.map((one) => [JSON.stringify(one), one])).values()];
}
