import type { Config } from '../config/config.ts';
import { strings } from './locales/strings.ts';

/** Creates a card that says that it is a test, in the channel's language and without actions. `at` in ms. */
export function testCard(locale: Config['locale'], at: number): { readonly card: object; readonly summary: string } {
  const { title, text } = strings(locale).testCard;
  const time = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const card = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: locale.slice(0, 2),
    body: [
      { type: 'TextBlock', text: title, size: 'Large', weight: 'Bolder', wrap: true },
      { type: 'TextBlock', text: text(time), wrap: true },
    ],
  };
  return { card, summary: title };
}
