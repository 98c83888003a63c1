import type { Log } from '../../shared/log.ts';
import type { ShapeId } from './shapes.ts';

/** A deviation from an expected shape. `detail` names properties or repeats Exchange's message; it never contains rows. */
type UnexpectedShape = { readonly shape: ShapeId; readonly detail: string };

/** Records responses whose shape differs from the expected one, for the lifetime of the process. */
export type ShapeWatch = {
  /**
   * Counts a deviation, and logs its first occurrence with the call that showed it. Details that differ only in numbers and
   * ids count as the same.
   */
  unexpected(shape: ShapeId, detail: string, operation?: string): void;
  /** The number of deviations from each shape. */
  counts(): ReadonlyMap<ShapeId, number>;
  /** The distinct deviations, oldest first; at most 100. */
  seen(): readonly UnexpectedShape[];
};

const MAX_SEEN = 100;

export function createShapeWatch(log: Log): ShapeWatch {
  const counts = new Map<ShapeId, number>();
  const seen = new Map<string, UnexpectedShape>();
  return {
    unexpected(shape, detail, operation) {
      counts.set(shape, (counts.get(shape) ?? 0) + 1);
      const key = `${shape} ${withoutNumbers(detail)}`;
      if (seen.has(key) || seen.size >= MAX_SEEN) return;
      seen.set(key, { shape, detail });
      log.warn(
        { event: 'unexpected_shape', shape, detail, operation },
        'a response of Microsoft has an unexpected shape',
      );
    },
    counts: () => counts,
    seen: () => [...seen.values()],
  };
}

function withoutNumbers(text: string): string {
  return text.replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\d+/gi, '#');
}
