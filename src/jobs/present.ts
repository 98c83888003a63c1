import type { Channel, Member } from './ports.ts';

type Listed = { readonly items: readonly { readonly objectId: string }[] };

/** A list of people, wherever they are. */
export type ListPeople = () => Promise<Listed>;

const MOST_MENTIONS = 5;

export type PresentDependencies = {
  readonly channel: Pick<Channel, 'roster'>;
  /** Object ids, in lower case, of people who may act and asked not to be mentioned. */
  readonly doNotMention: ReadonlySet<string>;
};

/** Those of a list who are in the channel's team and may be mentioned, `except` left out; at most five. Throws an UpstreamError. */
export async function present(
  { channel, doNotMention }: PresentDependencies,
  place: Parameters<Channel['roster']>[0],
  list: ListPeople,
  except: string | null,
): Promise<readonly Member[]> {
  const [{ items }, roster] = await Promise.all([list(), channel.roster(place)]);
  const listed = new Set(items.map(({ objectId }) => objectId.toLowerCase()));
  const left = new Set([...doNotMention, ...(except === null ? [] : [except.toLowerCase()])]);
  return roster
    .filter(({ objectId }) => objectId !== null && listed.has(objectId.toLowerCase()))
    .filter(({ objectId }) => objectId !== null && !left.has(objectId.toLowerCase()))
    .slice(0, MOST_MENTIONS);
}
