import type { Finding, Statement } from '../../incident/model/finding.ts';
import type { StatementKind, StatementValues } from '../../incident/model/statements/statement-values.ts';
import type { SentenceFormat, StatementSentences } from '../locales/findings/finding-texts.ts';
import { type Locale, strings } from '../locales/locale.ts';
import { cardTime, literal, oneLine } from './card-text.ts';
import { escapeMarkup, unlinked } from './messages/mention.ts';
import { durationText, messageTime, type Reader } from './messages/message-time.ts';

/** Longer than any address or domain that people use. */
const MAX_VALUE = 100;

/** Returns a statement as a sentence for a TextRun on a card, with outside texts shown literally. */
export function statementOnCard(statement: Statement, locale: Locale): string {
  return sentence(statement, locale, ON_CARD);
}

/** Returns a statement as a short sentence for the first screen of a card; the whole sentence where there is none. */
export function statementInShort(statement: Statement, locale: Locale): string {
  return sentence(statement, locale, { ...ON_CARD, isShort: true });
}

/** Returns a statement as a sentence for a message in a thread, which has markup and draws no times. */
export function statementInMessage(statement: Statement, reader: Reader): string {
  const time = (ms: number) => messageTime(ms, reader);
  return sentence(statement, reader.locale, { text: (value) => escapeMarkup(literal(value, MAX_VALUE)), time });
}

/** Returns the worst statement of a finding for an answer to a click or a typed command; outside texts do not become links. */
export function findingInAnswer({ check, statements }: Finding, locale: Locale): string {
  const place = {
    text: (value: string) => unlinked(oneLine(value.slice(0, MAX_VALUE))),
    time: (ms: number) => messageTime(ms, { locale }),
  };
  return `${strings(locale).findings.checks[check]}: ${sentence(statements[0], locale, place)}`;
}

/** Returns a statement as plain text; a caller that writes it into markup has to escape it. */
export function statementInReport(statement: Statement, locale: Locale): string {
  const time = (ms: number) => messageTime(ms, { locale });
  return sentence(statement, locale, { text: (value) => value.slice(0, MAX_VALUE), time });
}

type Place = Pick<SentenceFormat, 'time'> & {
  readonly isShort?: boolean;
  /** Makes an outside text harmless in the place where the sentence is shown. */
  readonly text: (value: string) => string;
};

const ON_CARD: Place = { text: (value) => literal(value, MAX_VALUE), time: cardTime };

function sentence<K extends StatementKind>({ kind, values }: Statement<K>, locale: Locale, place: Place): string {
  const { statements, inShort } = strings(locale).findings;
  const sentences: StatementSentences<K> = place.isShort === true ? { ...statements, ...inShort } : statements;
  const format: SentenceFormat = {
    time: place.time,
    duration: (ms) => durationText(ms, locale),
    number: (value) => new Intl.NumberFormat(locale).format(value),
  };
  return sentences[kind](withTexts(values, place.text), format);
}

/** Returns the values with every text in them replaced, at any depth; values are JSON. */
function withTexts<V extends StatementValues[StatementKind]>(values: V, text: (value: string) => string): V {
  return JSON.parse(JSON.stringify(values), (_, value: unknown) => (typeof value === 'string' ? text(value) : value));
}
