import { strings } from '../../locales/locale.ts';
import { plainLine } from '../card-lines.ts';
import { durationText } from '../messages/message-time.ts';
import type { View } from '../view.ts';
import { type Data, type Form, formOf } from './form.ts';

/** Creates the form with which one person unblocks alone; none where break-glass is off. */
export function breakGlassForm(data: Data, { locale, breakGlass = null }: View): readonly Form[] {
  if (breakGlass === null) return [];
  const texts = strings(locale).breakGlass;
  const { reasonLabel: label, reasonPlaceholder: placeholder, reasonError: error } = texts;
  return [
    formOf({
      title: texts.open,
      style: 'destructive',
      lines: [plainLine(texts.explanation(durationText(breakGlass.waitMs, locale)))],
      texts: [{ id: 'break_glass_reason', label, placeholder, required: true, error }],
      verb: 'break_glass',
      send: texts.actions.break_glass,
      data,
    }),
  ];
}

/** Creates the form for the review by a different approver. */
export function reviewForm(data: Data, { locale }: View): Form {
  const texts = strings(locale).breakGlass;
  const { reviewLabel: label, reviewPlaceholder: placeholder, reviewError: error } = texts;
  return formOf({
    title: texts.openReview,
    style: 'positive',
    texts: [{ id: 'reason', label, placeholder, required: true, error }],
    verb: 'review',
    send: texts.actions.review,
    data,
  });
}
