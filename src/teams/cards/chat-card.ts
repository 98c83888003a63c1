import { type Locale, strings } from '../locales/locale.ts';
import { type AdaptiveCard, cardTemplate } from './card.ts';
import type { Line, Section } from './card-lines.ts';

const fill = cardTemplate<{ lang: string; title: string; sections: readonly Section[] }>('answer');

/** A card that answers a question: a title and sections of lines. */
export function chatCard(title: string, sections: readonly Section[], locale: Locale): AdaptiveCard {
  const shown = sections.filter(({ lines, title: heading }) => lines.length > 0 || heading !== '');
  return fill({ lang: strings(locale).cards.lang, title, sections: shown });
}

/** What the bot does and what can be said to it; with a first line when the question was not understood. */
export function renderHelp(locale: Locale, understood: boolean): AdaptiveCard {
  const { chat } = strings(locale);
  const about = understood ? chat.helpAbout : chat.helpUnknown;
  return chatCard(chat.helpTitle, [{ title: '', lines: [plain(about)] }, commands(locale)], locale);
}

/** Said once in each place, when the bot comes there. */
export function renderWelcome(locale: Locale, channelIsConfigured: boolean): AdaptiveCard {
  const { chat } = strings(locale);
  const lines = [plain(chat.helpAbout), ...(channelIsConfigured ? [] : [plain(chat.welcomeNext)])];
  return chatCard(chat.welcomeTitle, [{ title: '', lines }, commands(locale)], locale);
}

function commands(locale: Locale): Section {
  const lines = strings(locale).chat.helpCommands.map(([label, value]): Line => ({ ...plain(value), label }));
  return { title: '', lines };
}

export function plain(value: string): Line {
  return { kind: 'text', label: '', value, when: '' };
}
