import type { Reading } from '../../incident/model/observation.ts';
import type { ShapeWatch } from '../shapes/watch.ts';

/** The output of a cmdlet that reads. */
type CmdletOutput = {
  readonly rows: readonly unknown[];
  readonly warnings: readonly string[];
  /** Whether the response has a link to further rows. */
  readonly hasNext: boolean;
};

/**
 * Matches warnings about missing rows. The one about `ResultSize` is captured (rknightion/graph2otel, internal/exoclient)
 * and names the parameter in every language; the other words are inferred.
 */
const MISSING_ROWS =
  /more results|ResultSize|truncat|incomplete|partial|not all|\bfail|\berror|timed?[ -]?out|unavailable|could(n't| not) be|unable to|skipped/i;

/**
 * Turns a cmdlet's output into a reading. A next link or a warning about missing rows makes it incomplete. Any other
 * warning, such as that a cmdlet will be retired, is recorded as a deviation only (CIPP-API shows such warnings and
 * continues).
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
