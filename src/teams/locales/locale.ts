import { breakGlassEnUs } from './break-glass-en-us.ts';
import { breakGlassJaJp } from './break-glass-ja-jp.ts';
import { cardsEnUs } from './cards-en-us.ts';
import { cardsJaJp } from './cards-ja-jp.ts';
import { channelMoveEnUs } from './channel-move-en-us.ts';
import { channelMoveJaJp } from './channel-move-ja-jp.ts';
import { chatEnUs } from './chat-en-us.ts';
import { chatJaJp } from './chat-ja-jp.ts';
import { decisionsEnUs } from './decisions-en-us.ts';
import { decisionsJaJp } from './decisions-ja-jp.ts';
import { drillsEnUs } from './drills-en-us.ts';
import { drillsJaJp } from './drills-ja-jp.ts';
import type { FindingTexts } from './findings/finding-texts.ts';
import { findingsEnUs } from './findings-en-us.ts';
import { findingsJaJp } from './findings-ja-jp.ts';
import { followUpEnUs } from './follow-up-en-us.ts';
import { followUpJaJp } from './follow-up-ja-jp.ts';
import { outageEnUs } from './outage-en-us.ts';
import { outageJaJp } from './outage-ja-jp.ts';
import { postureEnUs } from './posture-en-us.ts';
import { postureJaJp } from './posture-ja-jp.ts';
import { questionsEnUs } from './questions-en-us.ts';
import { questionsJaJp } from './questions-ja-jp.ts';
import { reportEnUs } from './report-en-us.ts';
import { reportJaJp } from './report-ja-jp.ts';
import { selfCheckEnUs } from './self-check-en-us.ts';
import { selfCheckJaJp } from './self-check-ja-jp.ts';
import { sentencesEnUs } from './sentences-en-us.ts';
import { sentencesJaJp } from './sentences-ja-jp.ts';
import { trailEnUs } from './trail-en-us.ts';
import { trailJaJp } from './trail-ja-jp.ts';

export type Locale = 'en-US' | 'ja-JP';

/** Every text of the service. The English files are the type, so a missing translation does not compile. */
export type Strings = {
  readonly breakGlass: typeof breakGlassEnUs;
  readonly cards: typeof cardsEnUs;
  readonly channelMove: typeof channelMoveEnUs;
  readonly chat: typeof chatEnUs;
  readonly decisions: typeof decisionsEnUs;
  readonly drills: typeof drillsEnUs;
  readonly findings: FindingTexts;
  readonly followUp: typeof followUpEnUs;
  readonly outage: typeof outageEnUs;
  readonly posture: typeof postureEnUs;
  readonly questions: typeof questionsEnUs;
  readonly report: typeof reportEnUs;
  readonly selfCheck: typeof selfCheckEnUs;
  readonly sentences: typeof sentencesEnUs;
  readonly trail: typeof trailEnUs;
};

const all: { readonly [locale in Locale]: Strings } = {
  'en-US': {
    breakGlass: breakGlassEnUs,
    cards: cardsEnUs,
    channelMove: channelMoveEnUs,
    chat: chatEnUs,
    decisions: decisionsEnUs,
    drills: drillsEnUs,
    findings: findingsEnUs,
    followUp: followUpEnUs,
    outage: outageEnUs,
    posture: postureEnUs,
    questions: questionsEnUs,
    report: reportEnUs,
    selfCheck: selfCheckEnUs,
    sentences: sentencesEnUs,
    trail: trailEnUs,
  },
  'ja-JP': {
    breakGlass: breakGlassJaJp,
    cards: cardsJaJp,
    channelMove: channelMoveJaJp,
    chat: chatJaJp,
    decisions: decisionsJaJp,
    drills: drillsJaJp,
    findings: findingsJaJp,
    followUp: followUpJaJp,
    outage: outageJaJp,
    posture: postureJaJp,
    questions: questionsJaJp,
    report: reportJaJp,
    selfCheck: selfCheckJaJp,
    sentences: sentencesJaJp,
    trail: trailJaJp,
  },
};

export function strings(locale: Locale): Strings {
  return all[locale];
}

/** Returns the language of an answer: Japanese for a Japanese client, English for any other, the fallback when the client sends none. */
export function localeOf(activityLocale: string | null | undefined, fallback: Locale): Locale {
  if (activityLocale === null || activityLocale === undefined || activityLocale === '') return fallback;
  return /^ja(?:[-_]|$)/i.test(activityLocale) ? 'ja-JP' : 'en-US';
}
