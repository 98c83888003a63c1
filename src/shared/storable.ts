/**
 * Returns a text as both databases give it back: without unpaired surrogates, which UTF-8 cannot express, and without NUL, which
 * PostgreSQL refuses. A name that another system cut inside an emoji ends with such a surrogate.
 */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
