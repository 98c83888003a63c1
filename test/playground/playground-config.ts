import { personalChatId } from '../tenant/bot-connector-messages.ts';
import type { Person } from '../tenant/people.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** Playground requires exactly this many users besides the current one. */
const OTHER_USERS = 5;

/**
 * Returns Playground's configuration file (its schema 0.1.1): this tenant as `currentUser` sees it, under the tenant's own
 * ids. A team has one channel besides General, and General's id is the team's.
 */
export function playgroundConfig({ teams, people, env }: Tenant, currentUser: Person): object {
  const { team, bot } = teams;
  const others = Object.values(people).filter(({ aadObjectId }) => aadObjectId !== currentUser.aadObjectId);
  return {
    version: '0.1.1',
    tenantId: env.TENANT_ID,
    bot: { id: bot.id, name: bot.name },
    currentUser: user(currentUser),
    users: others.slice(0, OTHER_USERS).map(user),
    personalChat: { id: personalChatId(currentUser.aadObjectId) },
    groupChat: { id: '19:simulated-group@thread.v2', name: 'Nobody uses this' },
    team: { id: team.id, name: team.name, aadGroupId: team.groupId, channels: [team.adminChannel] },
  };
}

function user({ teamsId, displayName, userPrincipalName, aadObjectId, givenName, surname }: Person): object {
  return {
    id: teamsId,
    name: displayName,
    userPrincipleName: userPrincipalName,
    aadObjectId,
    givenName,
    surname,
    email: userPrincipalName,
  };
}
