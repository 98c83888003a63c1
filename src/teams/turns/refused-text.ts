import type { Refusal } from '../../incident/model/refusal.ts';
import { type Locale, strings } from '../locales/locale.ts';

/** Returns the sentence for a person who may not do something, or `notAllowed` when the directory says so. */
export function refusedText({ reason }: Refusal, notAllowed: string, locale: Locale): string {
  const { chat } = strings(locale);
  if (reason === 'directory_refused') return chat.cannotCheckRefused;
  return reason === 'directory_unreachable' ? chat.cannotCheck : notAllowed;
}
