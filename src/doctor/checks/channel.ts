import { UpstreamError } from '../../shared/errors.ts';
import type { Examine } from '../check.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { failed, ok, skipped, warning } from '../finding.ts';

/** Checks whether a channel is configured or chosen, and whether the bot is in its team. */
export const examineChannel: Examine = async ({ connections, strings }) => {
  const place = await connections.place();
  if (place === null) return failed(strings.channel.none);
  try {
    const roster = await connections.roster();
    if (place.problem !== null) return warning(strings.channel.postFailed(place.problem));
    return ok(strings.channel.ok(roster.length));
  } catch (error) {
    if (error instanceof UpstreamError) return failed(strings.channel.notInTeam(failureMessage(error)));
    throw error;
  }
};

/** A marker that no card has: the search only tests whether messages can be read. */
const NO_MARKER = 'connector-guard-doctor';

/** Checks the team's consent to `ChannelMessage.Read.Group`, which the service needs to find a card whose post got no response. */
export const examineChannelMessages: Examine = async ({ connections, clock, strings }) => {
  const place = await connections.place();
  if (place === null) return skipped(strings.skipped('channel'));
  if (place.teamId === null) return warning(strings.channelMessages.noTeam);
  try {
    const channel = { teamId: place.teamId, channelId: place.channelId };
    await connections.channelMessages.findCards(channel, NO_MARKER, clock());
    return ok(strings.channelMessages.ok);
  } catch (error) {
    if (hasFailed(error, 'forbidden', 'unauthorized')) return warning(strings.channelMessages.refused);
    throw error;
  }
};
