import { strings } from '../locales/locale.ts';
import type { Data, Form } from './card-form.ts';
import { plainLine } from './card-lines.ts';
import { durationText } from './message-time.ts';
import type { View } from './view.ts';

/** Creates the form with which one person unblocks alone; none where break-glass is off. */
export function breakGlassForm(data: Data, { locale, breakGlass = null }: View): readonly Form[] {
  if (breakGlass === null) return [];
  const texts = strings(locale).breakGlass;
  const { reasonLabel: label, reasonPlaceholder: placeholder, reasonError: error } = texts;
  return [
    {
      title: texts.open,
      style: 'destructive',
      lines: [plainLine(texts.explanation(durationText(breakGlass.waitMs, locale)))],
      steps: [],
      texts: [{ id: 'break_glass_reason', label, placeholder, required: true, error }],
      buttons: [
        {
          ...{ verb: 'break_glass', title: texts.actions.break_glass },
          ...{ style: 'destructive', mode: 'primary', inputs: 'auto', data },
        },
      ],
    },
  ];
}

/** Creates the form for the review by a different approver. */
export function reviewForm(data: Data, { locale }: View): Form {
  const texts = strings(locale).breakGlass;
  const { reviewLabel: label, reviewPlaceholder: placeholder, reviewError: error } = texts;
  return {
    title: texts.openReview,
    style: 'positive',
    lines: [],
    steps: [],
    texts: [{ id: 'reason', label, placeholder, required: true, error }],
    buttons: [
      {
        ...{ verb: 'review', title: texts.actions.review },
        ...{ style: 'positive', mode: 'primary', inputs: 'auto', data },
      },
    ],
  };
}
