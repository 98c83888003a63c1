import { UpstreamError } from '../../shared/errors.ts';
import type { Examine } from '../check.ts';
import { failureMessage } from '../failure-message.ts';
import { failed, ok, warning } from '../finding.ts';

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
