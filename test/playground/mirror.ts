import { z } from 'zod';
import type { Teams } from '../tenant/teams.ts';
import { type ChatMessage, latestOf } from '../tenant/teams-conversations.ts';
import type { Twins } from './twins.ts';

type Options = {
  readonly teams: Pick<Teams, 'messages' | 'bot'>;
  readonly twins: Twins;
  /** The conversations that exist in Playground. */
  readonly conversationIds: ReadonlySet<string>;
  /** Playground's emulation of the Bot Connector. */
  readonly connectorUrl: string;
};

export type Mirror = {
  /**
   * Pauses while a page is being opened. The page knows no messages yet, and an update of an unknown message would break it.
   * Nothing is shown until `showAgain`, or until it is certain that it will not be called.
   */
  hold(): void;
  /** Shows everything again, because a page that is opened or reloaded starts empty. */
  showAgain(): void;
  /** Whether Playground has the latest version of everything that the bot wrote. */
  isUpToDate(): boolean;
  /** Messages that Playground did not accept, with the reason. */
  readonly problems: readonly string[];
  stop(): Promise<void>;
};

const INTERVAL_MS = 50;
const MAX_HOLD_MS = 5_000;
const createdSchema = z.object({ id: z.string() });

/** Shows in Playground what the bot wrote in the tenant's Teams, and every later version of it. */
export function startMirror(options: Options): Mirror {
  let shown = new Map<string, number>();
  let sending = false;
  let heldUntil = 0;
  const problems: string[] = [];
  const pass = async () => {
    const round = shown;
    for (const message of options.teams.messages()) {
      const before = round.get(message.id) ?? 0;
      if (before === message.versions.length || !isVisible(message, options)) continue;
      // Messages are shown again from the beginning, so that no reply comes before its card.
      if (round !== shown || Date.now() < heldUntil) return;
      round.set(message.id, message.versions.length);
      sending = true;
      const problem = await (before === 0 ? post(message, options) : update(message, options)).finally(() => {
        sending = false;
      });
      if (problem !== undefined) problems.push(problem);
    }
  };
  const isShown = (message: ChatMessage) =>
    !isVisible(message, options) || shown.get(message.id) === message.versions.length;
  const loop = repeat(pass, (error) => problems.push(String(error)));
  return {
    hold() {
      heldUntil = Date.now() + MAX_HOLD_MS;
    },
    showAgain() {
      shown = new Map();
      heldUntil = 0;
    },
    isUpToDate: () => !sending && options.teams.messages().every(isShown),
    problems,
    stop: loop.stop,
  };
}

function isVisible({ author, conversationId, deleted }: ChatMessage, { teams, conversationIds }: Options): boolean {
  return author === teams.bot.id && !deleted && conversationIds.has(conversationId);
}

async function post(message: ChatMessage, options: Options): Promise<string | undefined> {
  const { id, rootId, conversationId } = message;
  const thread = options.twins.inPlayground(rootId) ?? rootId;
  const inThread = isReply(message)
    ? await send('POST', `${conversationId};messageid=${thread}`, message, options)
    : undefined;
  // If the thread began in another Playground, this one has no message to attach the reply to.
  const sent =
    inThread === undefined || inThread.status === 404 ? await send('POST', conversationId, message, options) : inThread;
  if (!sent.ok) return describe(sent, message);
  options.twins.link(id, createdSchema.parse(await sent.json()).id);
  return undefined;
}

/** A chat is a single thread. */
function isReply({ id, rootId, conversationId }: ChatMessage): boolean {
  return id !== rootId && conversationId.includes('@thread');
}

/** Updates the message under the id under which it was last shown; pages opened since then know no other. */
async function update(message: ChatMessage, options: Options): Promise<string | undefined> {
  const twin = options.twins.inPlayground(message.id);
  if (twin === undefined) return `message ${message.id} was never shown, so its new version is not either`;
  const sent = await send('PUT', message.conversationId, message, options, twin);
  return sent.ok ? undefined : describe(sent, message);
}

function send(
  method: 'POST' | 'PUT',
  conversationId: string,
  message: ChatMessage,
  { connectorUrl }: Options,
  activityId?: string,
): Promise<Response> {
  const path = ['v3/conversations', encodeURIComponent(conversationId), 'activities', activityId ?? ''].join('/');
  return fetch(`${connectorUrl}/${path.replace(/\/$/, '')}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(latestOf(message)),
  });
}

async function describe(response: Response, { id }: ChatMessage): Promise<string> {
  return `Playground answered ${response.status} to message ${id}: ${await response.text()}`;
}

/** Runs one pass after another until stopped; stopping waits for the running pass. */
function repeat(pass: () => Promise<void>, failed: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let stopped = false;
  const turn = () => {
    running = pass()
      .catch(failed)
      .then(() => {
        if (!stopped) timer = setTimeout(turn, INTERVAL_MS);
      });
  };
  turn();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
