import type { Refusal } from '../incident/refusal.ts';
import type { Place } from '../storage/conversations.ts';
import type { Eligibility } from './eligible.ts';
import type { Sender } from './incoming.ts';

/** Why somebody may not read about connectors in a place; null when they may. */
export type MayNotRead = (sender: Sender, place: Place) => Promise<Refusal | null>;

type Dependencies = {
  /** The channel that watches; null while there is none. */
  readonly watchingChannelId: () => Promise<string | null>;
  readonly eligibility: (sender: Sender) => Promise<Eligibility>;
};

/** Eligible people may read anywhere, anyone in the admin channel. */
export function createReaders({ watchingChannelId, eligibility }: Dependencies): MayNotRead {
  return async (sender, place) => {
    if (place.channelId === (await watchingChannelId())) return null;
    const who = await eligibility(sender);
    return who.kind === 'refused' ? who.refusal : null;
  };
}
