import type { Log } from '../../shared/log.ts';
import type { ShapeId } from './shapes.ts';

/** One thing that was not of the shape we rely on; `detail` names properties or repeats Exchange's words, never rows. */
type UnexpectedShape = { readonly shape: ShapeId; readonly detail: string };

/** Remembers, in this process, what came in another shape than expected. */
export type ShapeWatch = {
  /** Counts it, and logs it the first time, with the call that showed it; details that differ in numbers and ids alone are the same. */
  unexpected(shape: ShapeId, detail: string, operation?: string): void;
  /** How often each shape was not what it should be. */
  counts(): ReadonlyMap<ShapeId, number>;
  /** Everything that was seen, once each, oldest first; at most 100. */
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
        'Microsoft sent something in a shape we do not know',
      );
    },
    counts: () => counts,
    seen: () => [...seen.values()],
  };
}

function withoutNumbers(text: string): string {
  return text.replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\d+/gi, '#');
}
