import { breakGlassEnUs } from './break-glass-en-us.ts';
import { breakGlassJaJp } from './break-glass-ja-jp.ts';
import { cardsEnUs } from './cards-en-us.ts';
import { cardsJaJp } from './cards-ja-jp.ts';
import { chatEnUs } from './chat-en-us.ts';
import { chatJaJp } from './chat-ja-jp.ts';
import { decisionsEnUs } from './decisions-en-us.ts';
import { decisionsJaJp } from './decisions-ja-jp.ts';
import { findingsEnUs } from './findings-en-us.ts';
import { findingsJaJp } from './findings-ja-jp.ts';
import { followUpEnUs } from './follow-up-en-us.ts';
import { followUpJaJp } from './follow-up-ja-jp.ts';
import { noticesEnUs } from './notices-en-us.ts';
import { noticesJaJp } from './notices-ja-jp.ts';
import { questionsEnUs } from './questions-en-us.ts';
import { questionsJaJp } from './questions-ja-jp.ts';
import { reportEnUs } from './report-en-us.ts';
import { reportJaJp } from './report-ja-jp.ts';
import { sentencesEnUs } from './sentences-en-us.ts';
import { sentencesJaJp } from './sentences-ja-jp.ts';

export type Locale = 'en-US' | 'ja-JP';

const enUs = {
  ...noticesEnUs,
  breakGlass: breakGlassEnUs,
  cards: cardsEnUs,
  chat: chatEnUs,
  decisions: decisionsEnUs,
  findings: findingsEnUs,
  followUp: followUpEnUs,
  questions: questionsEnUs,
  report: reportEnUs,
  sentences: sentencesEnUs,
};

/** Every text of the service. The English files are the type, so a missing translation does not compile. */
export type Strings = Readonly<typeof enUs>;

const jaJp: Strings = {
  ...noticesJaJp,
  breakGlass: breakGlassJaJp,
  cards: cardsJaJp,
  chat: chatJaJp,
  decisions: decisionsJaJp,
  findings: findingsJaJp,
  followUp: followUpJaJp,
  questions: questionsJaJp,
  report: reportJaJp,
  sentences: sentencesJaJp,
};

export function strings(locale: Locale): Strings {
  return locale === 'ja-JP' ? jaJp : enUs;
}

/** Returns the language of an answer: Japanese for a Japanese client, English for any other, the fallback when the client sends none. */
export function localeOf(activityLocale: string | null | undefined, fallback: Locale): Locale {
  if (activityLocale === null || activityLocale === undefined || activityLocale === '') return fallback;
  return /^ja(?:[-_]|$)/i.test(activityLocale) ? 'ja-JP' : 'en-US';
}
