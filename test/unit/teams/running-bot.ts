import { messagesRoute } from '../../../src/http/messages.ts';
import type { Place } from '../../../src/storage/conversations.ts';
import { createBot } from '../../../src/teams/turns/bot.ts';
import type { AnswerCommand } from '../../../src/teams/turns/chat.ts';
import type { AnswerInvoke } from '../../../src/teams/turns/invokes.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { captureLog, type LogLine } from '../http/captured-log.ts';
import { type Loopback, serveOnLoopback } from '../http/loopback.ts';
import { adapterFor } from './bot-of-tenant.ts';

export type RunningBot = {
  readonly http: Loopback;
  /** What was handed on to be answered. */
  readonly invokes: Parameters<AnswerInvoke>[0][];
  readonly questions: Parameters<AnswerCommand>[0][];
  readonly places: Place[];
  /** Of the bot; the HTTP server has its own. */
  readonly lines: readonly LogLine[];
  logText(): string;
};

export type Answers = {
  readonly answerInvoke?: AnswerInvoke;
  readonly answerCommand?: AnswerCommand;
  readonly steadyClock?: () => number;
};

/** The real bot behind the real HTTP server, with Teams at its other end, and answers of the test's own. */
export async function runBot(tenant: Tenant, { steadyClock, ...answers }: Answers = {}): Promise<RunningBot> {
  const { log, lines, text: logText } = captureLog();
  const invokes: RunningBot['invokes'] = [];
  const questions: RunningBot['questions'] = [];
  const places: Place[] = [];
  const welcomed = new Set<string>();
  const receive = createBot({
    adapter: adapterFor(tenant, steadyClock === undefined ? {} : { steadyClock }),
    tenantId: tenant.env.TENANT_ID ?? '',
    locale: 'en-US',
    channelIsConfigured: false,
    async answerInvoke(incoming, locale) {
      invokes.push(incoming);
      return answers.answerInvoke?.(incoming, locale) ?? { kind: 'sentence', text: `answered in ${locale}` };
    },
    async answerCommand(question) {
      questions.push(question);
      return answers.answerCommand?.(question) ?? { kind: 'text', text: `answered in ${question.locale}` };
    },
    async rememberPlace(place) {
      places.push(place);
    },
    async notePresence() {},
    async claimWelcome({ channelId }) {
      const first = !welcomed.has(channelId);
      welcomed.add(channelId);
      return first;
    },
    async replyInThread(_, send) {
      await send();
    },
    log,
  });
  const http = await serveOnLoopback([messagesRoute(receive)]);
  tenant.connectBot(http.url);
  return { http, invokes, questions, places, lines, logText };
}
