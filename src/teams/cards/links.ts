import type { ChannelMove } from '../../incident/model/channel-move.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { Recommendation } from '../../incident/model/recommendations.ts';
import type { Cloud } from '../transport/cloud.ts';
import { webAddress } from './card-text.ts';

type PlacedMessage = {
  readonly channelId: string;
  readonly activityId: string;
  readonly teamId: string | null;
  readonly tenantId: string;
};

/** Base addresses of the portals; null where none is known. */
type Portal = { readonly defender: string | null; readonly exchange: string | null };

/**
 * Microsoft Defender for US Government customers: portal URLs; Exchange Team Blog: the new Exchange admin center for GCC High.
 * No address is published for the Exchange admin center of DoD, nor for any portal of China.
 */
const PORTALS: { readonly [cloud in Cloud]: Portal } = {
  public: { defender: 'https://security.microsoft.com', exchange: 'https://admin.exchange.microsoft.com' },
  'gcc-high': { defender: 'https://security.microsoft.us', exchange: 'https://admin.exchange.office365.us' },
  dod: { defender: 'https://security.apps.mil', exchange: null },
  china: { defender: null, exchange: null },
  france: { defender: null, exchange: null },
  germany: { defender: null, exchange: null },
  custom: { defender: null, exchange: null },
};

const PLACES: { readonly [id in Recommendation]: readonly [keyof Portal, string] } = {
  traffic_reviewed: ['exchange', '/#/messagetrace'],
  changes_reviewed: ['exchange', '/#/connectors'],
  admins_secured: ['defender', '/auditlogsearch'],
};

/** Returns the page on which a recommendation is carried out (Defender for Office 365, "Respond to a compromised connector"). */
export function recommendationLink(id: Recommendation, cloud: Cloud): string | null {
  const [portal, path] = PLACES[id];
  return within(cloud, portal, path);
}

/** Returns the page on which a person lifts a restriction by hand. */
export function restrictedEntities(cloud: Cloud): string | null {
  return within(cloud, 'defender', '/restrictedentities');
}

/** Returns the page of the incident's latest alert that has one. */
export function alertLink({ alerts }: Incident): string | null {
  return alerts.flatMap(({ webUrl }) => webAddress(webUrl) ?? []).at(-1) ?? null;
}

/** Returns a link to a channel in Teams ("Deep link to a channel"); null in clouds whose address is not published, and without a team. */
export function channelLink({ to, teamId, tenantId }: ChannelMove, cloud: Cloud): string | null {
  if (cloud !== 'public' || teamId === null) return null;
  const [channel, team, tenant] = [to, teamId, tenantId].map(encodeURIComponent);
  return `https://teams.microsoft.com/l/channel/${channel}/channel?groupId=${team}&tenantId=${tenant}`;
}

/** Returns a link to a message of a channel ("Deep link to a channel message"); null in clouds whose address is not published. */
export function messageLink({ channelId, activityId, teamId, tenantId }: PlacedMessage, cloud: Cloud): string | null {
  if (cloud !== 'public') return null;
  const [channel, message, tenant] = [channelId, activityId, tenantId].map(encodeURIComponent);
  const team = teamId === null ? '' : `&groupId=${encodeURIComponent(teamId)}`;
  return `https://teams.microsoft.com/l/message/${channel}/${message}?tenantId=${tenant}${team}&parentMessageId=${message}`;
}

/** Returns a page of a portal; null in a cloud whose portal is not published. */
export function within(cloud: Cloud, portal: keyof Portal, path: string): string | null {
  const origin = PORTALS[cloud][portal];
  return origin === null ? null : `${origin}${path}`;
}

/** Every character that PowerShell treats as a single quote; two of them within quotes stand for one (about_Quoting_Rules). */
const SINGLE_QUOTES = /['‘’‚‛]/g;

/** Returns the command that lifts the restriction in Exchange Online PowerShell. No reason can end the quotes around it. */
export function unblockCommand(connectorId: string, reason: string): string {
  return `Remove-BlockedConnector -ConnectorId ${connectorId} -Reason '${reason.replaceAll(SINGLE_QUOTES, "''")}'`;
}
