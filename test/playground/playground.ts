import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personalChatId } from '../tenant/bot-connector-messages.ts';
import type { Person } from '../tenant/people.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Mirror, startMirror } from './mirror.ts';
import { playgroundConfig } from './playground-config.ts';
import { startPlaygroundProcess } from './playground-process.ts';
import { startRelay } from './relay.ts';
import { createTwins } from './twins.ts';

export type Playground = {
  /** The address of its page. */
  readonly url: string;
  /** Returns how often its page was opened or reloaded and received the existing messages. */
  pagesOpened(): number;
  /** Whether it shows the latest version of everything that the bot wrote. */
  isUpToDate(): boolean;
  /** Messages that it did not accept, with the reason. */
  readonly problems: readonly string[];
  stop(): Promise<void>;
};

/**
 * Starts Microsoft 365 Agents Playground as a window of one person on the simulated tenant: it shows what the bot writes, and
 * sends what the person does, signed. Its user cannot change, so two admins need two of them.
 */
export async function startPlayground(tenant: Tenant, currentUser: Person): Promise<Playground> {
  await using started = new AsyncDisposableStack();
  const { teams } = tenant;
  const chatId = personalChatId(currentUser.aadObjectId);
  const twins = createTwins();
  let pages = 0;
  let mirror: Mirror | undefined;
  const relay = await startRelay({
    teams,
    twins,
    personalChatId: chatId,
    pageOpening: () => mirror?.hold(),
    pageOpened() {
      pages += 1;
      mirror?.showAgain();
    },
  });
  started.defer(relay.stop);
  const folder = await mkdtemp(join(tmpdir(), 'playground-'));
  started.defer(() => rm(folder, { recursive: true, force: true }));
  const config = playgroundConfig(tenant, currentUser);
  const { url, stop } = await startPlaygroundProcess(folder, config, `${relay.origin}/api/messages`);
  started.defer(stop);
  started.adopt(await listenForEver(url), (socket) => socket.close());
  const conversationIds = new Set([teams.team.id, teams.team.adminChannel.id, chatId]);
  mirror = startMirror({ teams, twins, conversationIds, connectorUrl: `${url}/_connector` });
  started.defer(mirror.stop);
  const { isUpToDate, problems } = mirror;
  const all = started.move();
  return { url, pagesOpened: () => pages, isUpToDate, problems, stop: () => all.disposeAsync() };
}

/** Keeps a listener connected. Without one, Playground queues events for the next page that connects. */
async function listenForEver(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('Playground refuses the listener')), { once: true });
  });
  return socket;
}
