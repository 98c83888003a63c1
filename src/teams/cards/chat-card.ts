import { type Locale, strings } from '../locales/locale.ts';
import { type AdaptiveCard, cardTemplate } from './card.ts';
import { type Line, plainLine, type Section } from './card-lines.ts';

/** A button that sends a message to the bot as if its reader had typed it (Teams: messageBack). */
export type Say = { readonly title: string; readonly text: string };

/** An item of a list, with the pages it opens. */
export type Item = {
  readonly lines: readonly Line[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
};

/** A line that unfolds. */
export type Fold = { readonly id: string; readonly title: string; readonly lines: readonly Line[] };

type Parts = {
  readonly sections: readonly Section[];
  readonly items?: readonly Item[];
  readonly folds?: readonly Fold[];
  readonly commands?: readonly Say[];
};

const fill = cardTemplate<{ lang: string; title: string } & Required<Parts>>('answer');

/** Creates a card that answers a question: a title, sections of lines, a list, folded parts, and suggested messages. */
export function answerCard(
  title: string,
  { sections, items = [], folds = [], commands = [] }: Parts,
  locale: Locale,
): AdaptiveCard {
  const shown = sections.filter(({ lines, title: heading }) => lines.length > 0 || heading !== '');
  const usable = folds.filter(({ lines }) => lines.length > 0);
  return fill({ lang: strings(locale).cards.lang, title, sections: shown, items, folds: usable, commands });
}

export function chatCard(title: string, sections: readonly Section[], locale: Locale): AdaptiveCard {
  return answerCard(title, { sections }, locale);
}

/** The number of commands shown after a message that was not understood, besides the last one, which shows all. */
const MOST_USED = 3;

/** Creates the help card; if the question was not understood, its first line says so, and only the most used commands follow. */
export function renderHelp(locale: Locale, understood: boolean): AdaptiveCard {
  const { chat } = strings(locale);
  const about = understood ? chat.helpAbout : chat.helpUnknown;
  const all = commandList(locale);
  const lines = understood ? all.lines : [...all.lines.slice(0, MOST_USED), ...all.lines.slice(-1)];
  const sections = [
    { title: '', lines: [plainLine(about)] },
    { ...all, lines },
  ];
  return answerCard(chat.helpTitle, { sections, commands: chat.helpButtons }, locale);
}

/** Creates the welcome card, sent once in each place when the bot is added. */
export function renderWelcome(locale: Locale, channelIsConfigured: boolean): AdaptiveCard {
  const { chat } = strings(locale);
  const lines = [plainLine(chat.helpAbout), ...(channelIsConfigured ? [] : [plainLine(chat.welcomeNext)])];
  const sections = [{ title: '', lines }, commandList(locale)];
  return answerCard(chat.welcomeTitle, { sections, commands: chat.helpButtons }, locale);
}

function commandList(locale: Locale): Section {
  return { title: '', lines: strings(locale).chat.helpCommands.map(([label, value]) => plainLine(value, label)) };
}

/** Returns what replaces an older card of an incident: one sentence and no actions. */
export function retiredCard(locale: Locale): { readonly card: AdaptiveCard; readonly summary: string } {
  const { title, text } = strings(locale).cards.retired;
  return { card: chatCard(title, [{ title: '', lines: [plainLine(text)] }], locale), summary: title };
}
