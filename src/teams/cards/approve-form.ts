import type { Check } from '../../incident/model/finding.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { RECOMMENDATIONS, type Recommendation } from '../../incident/model/recommendations.ts';
import { strings } from '../locales/locale.ts';
import type { Data, Form, Step } from './card-form.ts';
import { linkLine, plainLine } from './card-lines.ts';
import { findingLines } from './findings-section.ts';
import { lastChangeLines } from './findings-strip.ts';
import { recommendationLink } from './links.ts';
import type { View } from './view.ts';

/** Microsoft's steps before an unblock, each with where to look and a box, and the approver's reason. */
export function approveForm(incident: Incident, data: Data, view: View): Form {
  const { cards } = strings(view.locale);
  const { reasonLabel: label, reasonPlaceholder: placeholder, reasonError: error } = cards;
  return {
    title: cards.forms.approve,
    style: 'positive',
    lines: [plainLine(cards.recommendationsTitle)],
    steps: RECOMMENDATIONS.map((id) => stepOf(id, incident, view)),
    texts: [{ id: 'reason', label, placeholder, required: true, error }],
    buttons: [
      {
        verb: 'approve',
        title: cards.actions.approve,
        style: 'positive',
        mode: 'primary',
        inputs: 'auto',
        data: { ...data, language: cards.lang },
      },
    ],
  };
}

/** The checks that belong to a step. */
const CHECKS: { readonly [id in Recommendation]: readonly Check[] } = {
  traffic_reviewed: ['traffic', 'senders', 'sending_addresses', 'sender_authentication', 'server_exposure'],
  changes_reviewed: ['configuration_change', 'who_may_send', 'earlier_restrictions'],
  admins_secured: ['accounts'],
};

function stepOf(id: Recommendation, incident: Incident, { locale, cloud = 'public' }: View): Step {
  const { recommendations, recommendationLinks, steps, toggleError } = strings(locale).cards;
  return {
    title: steps[id],
    lines: [
      ...(id === 'changes_reviewed' ? lastChangeLines(incident, locale) : []),
      ...findingLines(incident.findings ?? [], locale, CHECKS[id]),
      ...linkLine(recommendationLinks[id], recommendationLink(id, cloud)),
    ],
    boxes: [{ id, title: recommendations[id], error: toggleError }],
  };
}
