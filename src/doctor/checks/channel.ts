import { UpstreamError } from '../../shared/errors.ts';
import type { Examine } from '../check.ts';
import { wordsOfFailure } from '../failure-words.ts';
import { failed, ok, warning } from '../finding.ts';

/** Whether there is a channel to tell, and the bot is where it can. */
export const examineChannel: Examine = async ({ connections, words }) => {
  const place = await connections.place();
  if (place === null) return failed(words.channel.none);
  try {
    const roster = await connections.roster();
    if (place.problem !== null) return warning(words.channel.postFailed(place.problem));
    return ok(words.channel.ok(roster.length));
  } catch (error) {
    if (error instanceof UpstreamError) return failed(words.channel.notInTeam(wordsOfFailure(error)));
    throw error;
  }
};
