import type { Incident } from '../../incident/model/incident.ts';
import { type Locale, strings } from '../locales/locale.ts';
import { type Line, textLine } from './card-lines.ts';

/** The length of a row that is kept, in UTF-16 units. */
const MAX_ROW = 1_000;

/** Returns Exchange's row as it came, if no id was found in it. */
export function rowLines({ connector }: Incident, locale: Locale): readonly Line[] {
  const raw = connector?.raw;
  return raw === undefined ? [] : [textLine(strings(locale).cards.withoutId.row, raw, MAX_ROW)];
}
