import { botConnectorService } from './bot-connector.ts';
import type { ConnectorShelf } from './bot-connector-shelf.ts';
import { createBotLine } from './bot-line.ts';
import { botOpenIdService, OPENID_PATH } from './bot-openid.ts';
import { createChannelKeys } from './channel-keys.ts';
import { channelTokens } from './channel-tokens.ts';
import type { Directory } from './directory.ts';
import { createOneDrive } from './one-drive.ts';
import type { People } from './people.ts';
import { createTeams } from './teams.ts';
import type { Conversations } from './teams-conversations.ts';
import { createTeam } from './teams-team.ts';
import type { Ground } from './tenant-ground.ts';

export async function openTeams(ground: Ground, people: People, directory: Directory, conversations: Conversations) {
  const { now, application } = ground;
  const { clientId, tenantId, resources } = application;
  const keys = await createChannelKeys();
  const openId = await ground.open(botOpenIdService(keys, resources.bot));
  const team = createTeam(people, directory);
  for (const channel of team.channels) conversations.add(channel.id, 'channel');
  const bot = { id: `28:${clientId}`, name: 'Connector bot' };
  const shelf: ConnectorShelf = {
    conversations,
    team,
    people,
    tenantId,
    botId: bot.id,
    paging: { rosterPageSize: 50 },
    withoutApp: new Set(),
  };
  const endpoint = await ground.open(botConnectorService(shelf, ground.tokenCheck(resources.bot)));
  const oneDrive = createOneDrive();
  const { origin: oneDriveOrigin } = await ground.open(oneDrive.service);
  const serviceUrl = `${endpoint.origin}/teams/`;
  const sign = channelTokens(clientId, resources.bot, keys);
  const line = createBotLine(sign);
  const teams = createTeams({
    shelf,
    frame: { serviceUrl, tenantId, bot, team, now },
    line,
    oneDrive: { files: oneDrive.files, begin: (...offer) => oneDrive.begin(oneDriveOrigin, ...offer) },
    sign,
    rollKeys: keys.roll,
  });
  return { teams, line, serviceUrl, metadataUrl: `${openId.origin}${OPENID_PATH}` };
}
