import type { Refusal } from '../../incident/model/refusal.ts';
import type { Place } from '../../storage/conversations.ts';
import type { Sender } from '../transport/incoming.ts';
import type { Eligibility } from './eligible.ts';

/** Why somebody may not read about connectors in a place; null when they may. */
export type MayNotRead = (sender: Sender, place: Place) => Promise<Refusal | null>;

type Dependencies = {
  /** The channel that watches; null while there is none. */
  readonly watchingChannelId: () => Promise<string | null>;
  readonly eligibility: (sender: Sender) => Promise<Eligibility>;
  readonly clock: () => number;
};

/** How long somebody who was eligible may go on reading unasked; whatever changes something asks the directory itself. */
const REMEMBER_MS = 5_000;

/** Eligible people may read anywhere, anyone in the admin channel. */
export function createReaders({ watchingChannelId, eligibility, clock }: Dependencies): MayNotRead {
  const eligibleUntil = new Map<string, number>();
  return async (sender, place) => {
    if (place.channelId === (await watchingChannelId())) return null;
    const now = clock();
    for (const [who, until] of eligibleUntil) if (until <= now) eligibleUntil.delete(who);
    const who = `${sender.tenantId}/${sender.objectId}`;
    if (eligibleUntil.has(who)) return null;
    const answer = await eligibility(sender);
    if (answer.kind === 'refused') return answer.refusal;
    eligibleUntil.set(who, now + REMEMBER_MS);
    return null;
  };
}
