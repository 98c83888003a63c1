import type { Incident } from '../../incident/model/incident.ts';
import { strings } from '../locales/locale.ts';
import { linkLine, type Section, textLine, warningLine } from './card-lines.ts';
import { restrictedEntities } from './links.ts';
import type { View } from './view.ts';

/** UTF-16 units: all that is kept of a row. */
const MAX_ROW = 1_000;

/** That a restriction cannot be lifted from here, because Exchange's row has no id in it, and the row as it came. */
export function withoutIdSections(
  { connector, endedAt }: Incident,
  { locale, cloud = 'public' }: View,
): readonly Section[] {
  const raw = connector?.raw;
  if (raw === undefined) return [];
  const { withoutId, portal } = strings(locale).cards;
  const todo =
    endedAt === null ? [warningLine(withoutId.explanation), ...linkLine(portal, restrictedEntities(cloud))] : [];
  return [{ title: '', lines: [...todo, textLine(withoutId.row, raw, MAX_ROW)] }];
}
