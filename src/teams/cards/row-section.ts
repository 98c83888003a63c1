import type { Incident } from '../../incident/model/incident.ts';
import { type Locale, strings } from '../locales/locale.ts';
import { type Line, textLine } from './card-lines.ts';

/** UTF-16 units: all that is kept of a row. */
const MAX_ROW = 1_000;

/** Exchange's row as it came, where no id was found in it. */
export function rowLines({ connector }: Incident, locale: Locale): readonly Line[] {
  const raw = connector?.raw;
  return raw === undefined ? [] : [textLine(strings(locale).cards.withoutId.row, raw, MAX_ROW)];
}
