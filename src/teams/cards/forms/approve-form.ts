import type { Incident } from '../../../incident/model/incident.ts';
import {
  acknowledgementOf,
  CHECKS_OF,
  changedByAccount,
  RECOMMENDATIONS,
  type Recommendation,
  toAcknowledge,
  withAccount,
} from '../../../incident/model/recommendations.ts';
import { type Locale, strings } from '../../locales/locale.ts';
import { plainLine } from '../card-lines.ts';
import { literal, MAX_NAME } from '../card-text.ts';
import { findingLines } from '../findings-section.ts';
import { lastChangeLines } from '../findings-strip.ts';
import type { View } from '../view.ts';
import { type Data, type Form, formOf, type Step } from './form.ts';
import { pageLines } from './page-lines.ts';

/** Creates the form for an approval: Microsoft's steps before an unblock, each with a link and a box, and the approver's reason. */
export function approveForm(incident: Incident, data: Data, view: View): Form {
  const { cards } = strings(view.locale);
  const { reasonLabel: label, reasonPlaceholder: placeholder, reasonError: error } = cards;
  return formOf({
    title: cards.forms.approve,
    style: 'positive',
    lines: [plainLine(cards.recommendationsTitle)],
    steps: RECOMMENDATIONS.map((id) => stepOf(id, incident, view)),
    texts: [{ id: 'reason', label, placeholder, required: true, error }],
    verb: 'approve',
    send: cards.actions.approve,
    data: { ...data, language: cards.lang },
  });
}

function stepOf(id: Recommendation, incident: Incident, view: View): Step {
  const { locale } = view;
  const { steps, toggleError } = strings(locale).cards;
  return {
    title: steps[id],
    lines: [
      ...(id === 'changes_reviewed' ? lastChangeLines(incident, locale) : []),
      ...findingLines(incident.findings ?? [], locale, CHECKS_OF[id]),
      ...pageLines(id, incident, view),
    ],
    boxes: [
      ...acknowledgements(id, incident, locale),
      { id, title: recommendationText(id, incident, locale), error: toggleError },
    ],
  };
}

/** Names the account that made the change in the label of the box, if exactly one is known. */
function recommendationText(id: Recommendation, { findings }: Incident, locale: Locale): string {
  const { recommendations, accountSecured } = strings(locale).cards;
  const account = changedByAccount(findings);
  if (id !== 'admins_secured' || account === null) return recommendations[id];
  return withAccount(accountSecured, literal(account, MAX_NAME));
}

/** Returns a box for each bad finding. It does not prevent the approval, but must be acknowledged. */
function acknowledgements(id: Recommendation, { findings }: Incident, locale: Locale): Step['boxes'] {
  const { cards, findings: texts } = strings(locale);
  const bad = toAcknowledge(findings).filter((check) => CHECKS_OF[id].includes(check));
  return bad.map((check) => {
    return { id: acknowledgementOf(check), title: texts.acknowledge(texts.checks[check]), error: cards.toggleError };
  });
}
