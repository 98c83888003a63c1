import type { Examine } from '../check.ts';
import { hasFailed } from '../failure-message.ts';
import { ok, skipped, warning } from '../finding.ts';

/** No card has it: only whether the messages can be read is asked. */
const NO_MARKER = 'connector-guard-doctor';

/** The team's consent to `ChannelMessage.Read.Group`, by which a card is found whose post got no answer. */
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
