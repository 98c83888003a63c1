/** Some log collectors cut longer lines, which breaks their JSON. */
export const MAX_LINE_BYTES = 2_048;

/** The most characters of a text and items of a list in a line, tried in this order. */
const CUTS = [
  { characters: 400, items: 20 },
  { characters: 150, items: 5 },
  { characters: 40, items: 2 },
] as const;
/** The fields that identify a line; they are kept when nothing else fits. */
const ESSENTIAL: ReadonlySet<string> = new Set(['level', 'time', 'event', 'msg', 'requestId']);

type Cut = { readonly characters: number; readonly items: number };

/**
 * Shortens a log line (JSON with its line break) to at most 2 KB: first its texts and lists, then by dropping all fields
 * that do not identify it. A shortened line has `cut: true`.
 */
export function withinLimit(line: string): string {
  if (Buffer.byteLength(line) <= MAX_LINE_BYTES) return line;
  const fields: Record<string, unknown> = JSON.parse(line);
  for (const cut of CUTS) {
    const shorter = lineOf(shorten(fields, cut));
    if (Buffer.byteLength(shorter) <= MAX_LINE_BYTES) return shorter;
  }
  const essential = Object.fromEntries(Object.entries(fields).filter(([name]) => ESSENTIAL.has(name)));
  return lineOf(shorten(essential, { characters: 100, items: 1 }));
}

function lineOf(fields: unknown): string {
  return `${JSON.stringify({ ...Object(fields), cut: true })}\n`;
}

function shorten(value: unknown, cut: Cut): unknown {
  if (typeof value === 'string') return value.length > cut.characters ? `${value.slice(0, cut.characters)}…` : value;
  if (Array.isArray(value)) return value.slice(0, cut.items).map((item) => shorten(item, cut));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shorten(inner, cut)]));
}
