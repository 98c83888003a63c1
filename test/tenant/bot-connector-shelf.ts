import type { People } from './people.ts';
import type { Conversations } from './teams-conversations.ts';
import type { Team } from './teams-team.ts';
import type { Answer, Call } from './wire.ts';

export type ConnectorRoute = {
  readonly method: string;
  readonly pattern: RegExp;
  answer(call: Call, parameters: readonly string[]): Answer;
};

/** The state that the routes of the Bot Connector work on. */
export type ConnectorShelf = {
  readonly conversations: Conversations;
  readonly team: Team;
  readonly people: People;
  readonly tenantId: string;
  readonly botId: string;
  readonly paging: { rosterPageSize: number };
  /** Entra ids of people with whom the bot cannot open a chat. */
  readonly withoutApp: Set<string>;
};
