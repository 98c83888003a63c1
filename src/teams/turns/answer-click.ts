import type { Log } from '../../shared/log.ts';
import { within } from '../../shared/timeout.ts';
import { answerText } from '../cards/messages/sentences.ts';
import type { ClickOutcome } from '../cards/view-models.ts';
import { type Locale, strings } from '../locales/locale.ts';
import type { Sender } from '../transport/incoming.ts';
import type { ChangingClick } from './clicks.ts';

export type AnswerClick = (pressed: ChangingClick, sender: Sender, locale: Locale) => Promise<string>;

type Dependencies = {
  readonly click: (click: ChangingClick, sender: Sender) => Promise<ClickOutcome>;
  readonly log: Log;
  /** The time after which the person gets an answer even if the click is not finished, ms. */
  readonly answerWithinMs?: number;
};

const ANSWER_WITHIN_MS = 7_500;

/** Carries out a click, pressed or typed, and returns a sentence for the person in time. */
export function createAnswerClick({ click, log, answerWithinMs = ANSWER_WITHIN_MS }: Dependencies): AnswerClick {
  return async (pressed, sender, locale) => {
    const about = { verb: pressed.verb, incidentId: pressed.incidentId, by: sender.objectId };
    const running = click(pressed, sender);
    const outcome = await within(answerWithinMs, () => running);
    if (outcome === null) {
      log.warn({ event: 'click_slow', ...about }, 'a click takes long; it continues after its answer');
      running.catch((error: unknown) =>
        log.error({ event: 'click_failed_late', ...about, cause: String(error) }, 'a click failed after its answer'),
      );
      return strings(locale).chat.stillWorking;
    }
    const reason = outcome.kind === 'refused' ? { reason: outcome.refusal.reason } : {};
    log.info({ event: 'click_answered', ...about, outcome: outcome.kind, ...reason }, 'click answered');
    return answerText(outcome, locale);
  };
}
