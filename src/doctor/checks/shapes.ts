import { oneLine } from '../../microsoft/http/one-line.ts';
import type { Examine } from '../check.ts';
import { ok, warning } from '../finding.ts';

/** UTF-16 units. */
const MAX_DETAILS = 400;

/** What Microsoft sent to all the other checks, as far as it was not of the shape we rely on; one finding a shape. */
export const examineShapes: Examine = async ({ connections, strings }) => {
  const byShape = Map.groupBy(connections.shapes.seen(), ({ shape }) => shape);
  if (byShape.size === 0) return ok(strings.shapes.ok);
  return [...byShape].map(([shape, seen]) => {
    const details = seen.map(({ detail }) => detail).join(' ');
    return warning(strings.shapes.unexpected(shape, oneLine(details, MAX_DETAILS)));
  });
};
