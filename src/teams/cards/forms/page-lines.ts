import type { Incident } from '../../../incident/model/incident.ts';
import type { Recommendation } from '../../../incident/model/recommendations.ts';
import { strings } from '../../locales/locale.ts';
import { type Line, linkLine } from '../card-lines.ts';
import { recommendationLink } from '../links.ts';
import type { View } from '../view.ts';
import { filterLines } from './filter-lines.ts';
import { huntingLink } from './hunting-link.ts';

/** Returns the pages on which a recommendation is carried out, and what to choose and paste there. */
export function pageLines(id: Recommendation, incident: Incident, view: View): readonly Line[] {
  const { openHunting, recommendationLinks } = strings(view.locale).cards;
  return [
    ...linkLine(openHunting[id], huntingLink(id, incident, view)),
    ...linkLine(recommendationLinks[id], recommendationLink(id, view.cloud)),
    ...filterLines(id, incident, view.locale),
  ];
}
