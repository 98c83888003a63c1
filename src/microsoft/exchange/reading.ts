import type { Reading } from '../../incident/model/observation.ts';
import type { ShapeWatch } from '../shapes/watch.ts';

/** What a cmdlet that reads has answered. */
type CmdletOutput = {
  readonly rows: readonly unknown[];
  readonly warnings: readonly string[];
  /** Exchange offered a link to further rows. */
  readonly hasNext: boolean;
};

/**
 * Warnings that speak of rows which are not there. The one about `ResultSize` is captured (rknightion/graph2otel,
 * internal/exoclient) and names the parameter in every language; the other words are inferred.
 */
const MISSING_ROWS =
  /more results|ResultSize|truncat|incomplete|partial|not all|\bfail|\berror|timed?[ -]?out|unavailable|could(n't| not) be|unable to|skipped/i;

/**
 * The rows as a reading. Incomplete is one with a next link or with a warning that speaks of rows that are missing; any
 * other warning is a notice, such as that a cmdlet will be retired, and is only noted (CIPP-API shows them and goes on).
 */
export function readingOf(
  cmdlet: string,
  { rows, warnings, hasNext }: CmdletOutput,
  shapes: ShapeWatch | undefined,
): Reading<unknown> {
  const missing = warnings.filter((warning) => MISSING_ROWS.test(warning));
  for (const notice of warnings.filter((warning) => !missing.includes(warning)))
    shapes?.unexpected('cmdlet_warning', notice, cmdlet);
  const reasons = [...missing, ...(hasNext ? ['Exchange has more rows than it sent'] : [])];
  const reason = reasons.length === 0 ? null : `${cmdlet}: ${reasons.join(' ')}`;
  return { items: rows, complete: reason === null, reason };
}
