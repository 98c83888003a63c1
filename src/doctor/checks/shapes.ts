import { oneLine } from '../../microsoft/http/one-line.ts';
import type { Examine } from '../check.ts';
import { ok, warning } from '../finding.ts';

/** The maximum length of the details, in UTF-16 units. */
const MAX_DETAILS = 400;

/** Reports responses to the other checks whose shape differs from the expected one; one finding per shape. */
export const examineShapes: Examine = async ({ connections, strings }) => {
  const byShape = Map.groupBy(connections.shapes.seen(), ({ shape }) => shape);
  if (byShape.size === 0) return ok(strings.shapes.ok);
  return [...byShape].map(([shape, seen]) => {
    const details = seen.map(({ detail }) => detail).join(' ');
    return warning(strings.shapes.unexpected(shape, oneLine(details, MAX_DETAILS)));
  });
};
