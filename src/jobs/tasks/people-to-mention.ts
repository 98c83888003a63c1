import type { Channel, Member } from '../../teams/ports.ts';

type Listed = { readonly items: readonly { readonly objectId: string }[] };

/** Lists people, whether or not they are in the channel. */
export type ListPeople = () => Promise<Listed>;

const MAX_MENTIONS = 5;

export type MentionDependencies = {
  readonly channel: Pick<Channel, 'roster'>;
  /** Object ids, in lower case, of people who may act and do not want to be mentioned. */
  readonly doNotMention: ReadonlySet<string>;
};

/**
 * Returns at most five of the listed people who are in the channel's team, without `except`. People who do not want to be
 * mentioned are left out unless nobody else is in the team. Throws an UpstreamError.
 */
export async function peopleToMention(
  { channel, doNotMention }: MentionDependencies,
  place: Parameters<Channel['roster']>[0],
  list: ListPeople,
  except: string | null,
): Promise<readonly Member[]> {
  const [{ items }, roster] = await Promise.all([list(), channel.roster(place)]);
  const listed = new Set(items.map(({ objectId }) => objectId.toLowerCase()));
  if (except !== null) listed.delete(except.toLowerCase());
  const here = roster.filter(({ objectId }) => objectId !== null && listed.has(objectId.toLowerCase()));
  const mentionable = here.filter(({ objectId }) => objectId !== null && !doNotMention.has(objectId.toLowerCase()));
  return (mentionable.length > 0 ? mentionable : here).slice(0, MAX_MENTIONS);
}
