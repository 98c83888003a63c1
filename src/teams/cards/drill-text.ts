import { drillTimes } from '../../incident/model/drill.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { type Locale, strings } from '../locales/locale.ts';
import { durationText } from './message-time.ts';

/** Returns the summary of a drill: how long each step took, counted from the beginning. */
export function drillOverText(incident: Incident, locale: Locale): string {
  const { drills } = strings(locale);
  const times = drillTimes(incident);
  const steps = (['acknowledged', 'approved', 'confirmed'] as const).flatMap((step) => {
    const after = times[step];
    return after === null ? [] : [drills[step](durationText(after, locale))];
  });
  return drills.over(steps.length === 0 ? drills.nobody : steps.join(' '));
}
