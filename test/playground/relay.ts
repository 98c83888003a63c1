import { z } from 'zod';
import type { Teams } from '../tenant/teams.ts';
import { baseOf, threadOf } from '../tenant/teams-conversations.ts';
import {
  type Answer,
  bodyOf,
  type Call,
  type Endpoint,
  empty,
  json,
  listen,
  readCall,
  writeAnswer,
} from '../tenant/wire.ts';
import type { Twins } from './twins.ts';

type Options = {
  readonly teams: Pick<Teams, 'send' | 'serviceUrl' | 'bot'>;
  readonly twins: Pick<Twins, 'inTenant'>;
  readonly personalChatId: string;
  /** Called when a person opens or reloads Playground's page. */
  readonly pageOpening: () => void;
  /** Called once that page is connected. */
  readonly pageOpened: () => void;
};

const activitySchema = z.looseObject({
  type: z.string(),
  replyToId: z.string().optional(),
  conversation: z.looseObject({ id: z.string() }),
  membersAdded: z.array(z.looseObject({ id: z.string() })).optional(),
});

type PlaygroundActivity = z.infer<typeof activitySchema>;

/**
 * Starts the server that Playground treats as the bot. It gives Playground's activities the tenant's ids and a signature, and
 * forwards them.
 */
export function startRelay(options: Options): Promise<Endpoint> {
  return listen(async (request, response) => writeAnswer(response, await answer(await readCall(request), options)));
}

async function answer(call: Call, options: Options): Promise<Answer> {
  const { teams, twins, personalChatId, pageOpening, pageOpened } = options;
  if (call.method !== 'POST') {
    // Playground checks with HEAD whether there is a bot, before it sends a page anything.
    pageOpening();
    return empty(200);
  }
  const parsed = activitySchema.safeParse(bodyOf(call));
  if (!parsed.success) return json(400, { error: { code: 'BadArgument', message: 'Not an activity.' } });
  const activity = parsed.data;
  if (announcesBot(activity, teams.bot.id)) {
    if (activity.type === 'installationUpdate' && activity.conversation.id === personalChatId) pageOpened();
    return empty(200);
  }
  return passOn(asFromTenant(activity, teams.serviceUrl, twins), teams);
}

/**
 * Whether an activity announces the bot. Playground installs the bot each time a page is opened; Teams does so once, and the
 * tenant sends that.
 */
function announcesBot({ type, membersAdded = [], ...rest }: PlaygroundActivity, botId: string): boolean {
  if (type === 'installationUpdate') return rest.action === 'add';
  return type === 'conversationUpdate' && membersAdded.some(({ id }) => id === botId);
}

function asFromTenant(activity: PlaygroundActivity, serviceUrl: string, twins: Options['twins']): PlaygroundActivity {
  const { conversation, replyToId } = activity;
  const thread = threadOf(conversation.id);
  const base = baseOf(conversation.id);
  return {
    ...activity,
    serviceUrl,
    conversation: { ...conversation, id: thread === undefined ? base : `${base};messageid=${twins.inTenant(thread)}` },
    ...(replyToId === undefined ? {} : { replyToId: twins.inTenant(replyToId) }),
  };
}

async function passOn(activity: PlaygroundActivity, teams: Options['teams']): Promise<Answer> {
  try {
    const { status, body } = await teams.send(activity);
    return body === undefined ? empty(status) : json(status, body);
  } catch {
    return json(502, { error: { code: 'ServiceUnavailable', message: 'The bot is not listening at the moment.' } });
  }
}
