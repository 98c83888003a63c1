import { type Locale, strings } from '../locales/locale.ts';
import { type AdaptiveCard, cardTemplate } from './card.ts';
import { plainLine, type Section } from './card-lines.ts';

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
  return chatCard(chat.helpTitle, [{ title: '', lines: [plainLine(about)] }, commands(locale)], locale);
}

/** Said once in each place, when the bot comes there. */
export function renderWelcome(locale: Locale, channelIsConfigured: boolean): AdaptiveCard {
  const { chat } = strings(locale);
  const lines = [plainLine(chat.helpAbout), ...(channelIsConfigured ? [] : [plainLine(chat.welcomeNext)])];
  return chatCard(chat.welcomeTitle, [{ title: '', lines }, commands(locale)], locale);
}

function commands(locale: Locale): Section {
  return { title: '', lines: strings(locale).chat.helpCommands.map(([label, value]) => plainLine(value, label)) };
}
