import type { Refusal } from '../../incident/model/refusal.ts';
import type { Place } from '../../storage/conversations.ts';
import type { Sender } from '../transport/incoming.ts';
import type { Eligibility } from './eligibility.ts';

/** Returns why a person may not read about connectors in a place; null when they may. */
export type MayNotRead = (sender: Sender, place: Place) => Promise<Refusal | null>;

type Dependencies = {
  /** Returns the watched channel; null when there is none. */
  readonly watchingChannelId: () => Promise<string | null>;
  readonly eligibility: (sender: Sender) => Promise<Eligibility>;
  readonly clock: () => number;
};

/** How long the eligibility of a reader is cached. Everything that changes something queries the directory itself. */
const REMEMBER_MS = 5_000;

/** Eligible people may read anywhere, and anyone may read in the admin channel. */
export function createReaders({ watchingChannelId, eligibility, clock }: Dependencies): MayNotRead {
  const eligibleUntil = new Map<string, number>();
  return async (sender, place) => {
    if (place.channelId === (await watchingChannelId())) return null;
    const now = clock();
    // A time further in the future was set before the clock was set back.
    for (const [who, until] of eligibleUntil) if (until <= now || until > now + REMEMBER_MS) eligibleUntil.delete(who);
    const who = `${sender.tenantId}/${sender.objectId}`;
    if (eligibleUntil.has(who)) return null;
    const answer = await eligibility(sender);
    if (answer.kind === 'refused') return answer.refusal;
    eligibleUntil.set(who, now + REMEMBER_MS);
    return null;
  };
}
