import type { Incident } from '../../../incident/model/incident.ts';
import { strings } from '../../locales/locale.ts';
import { plainLine } from '../card-lines.ts';
import { byHandLines } from '../outcome-section.ts';
import type { View } from '../view.ts';
import { button, type Data, type Form, formOf } from './form.ts';

const NO_INPUTS = { steps: [], texts: [] } as const;

export function rejectForm(data: Data, { locale }: View): Form {
  const { cards } = strings(locale);
  const { rejectReasonLabel: label, rejectReasonPlaceholder: placeholder, reasonError: error } = cards;
  return formOf({
    title: cards.forms.reject,
    style: 'destructive',
    lines: [plainLine(cards.rejectTitle)],
    texts: [{ id: 'reason', label, placeholder, required: false, error }],
    verb: 'reject',
    send: cards.actions.reject,
    data,
  });
}

/** Creates the form for a question, which is posted to the thread and mentions the approver. */
export function askForm(data: Data, { locale }: View): Form {
  const { open, title, label, placeholder, error, send } = strings(locale).questions;
  const texts = [{ id: 'question', label, placeholder, required: true, error }];
  return formOf({ title: open, style: 'default', lines: [plainLine(title)], texts, verb: 'ask', send, data });
}

/** Creates a form with one button for each usual reason, so that nobody has to type on a phone. */
export function keepForm(data: Data, { locale }: View): Form {
  const { cards } = strings(locale);
  return {
    title: cards.forms.keep,
    style: 'default',
    lines: [plainLine(cards.keepTitle)],
    ...NO_INPUTS,
    buttons: cards.keepReasons.map((reason) => button('keep', reason, { ...data, reason })),
  };
}

/** Creates the form with the command to run by hand, and a link to the page that does the same. */
export function byHandForm(incident: Incident, { locale, cloud }: View): Form {
  const { cards } = strings(locale);
  const lines = [plainLine(cards.byHandTitle), ...byHandLines(incident, cards.portal, cloud)];
  return { title: cards.forms.byHand, style: 'default', lines, ...NO_INPUTS, buttons: [] };
}
