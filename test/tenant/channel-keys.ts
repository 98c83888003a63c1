import type { JWK } from 'jose';
import { botFrameworkSigningKey, createSigningKey, otherSigningKeys, type SigningKey } from './signing-keys.ts';

export type PublishedKey = JWK & { readonly endorsements?: readonly string[] };

/** The keys of one tenant's Bot Framework. */
export type ChannelKeys = {
  /** Signs for Teams now. */
  current(): SigningKey;
  /** Signed for Teams before the last change of keys; the current one when there was none. */
  previous(): SigningKey;
  readonly unendorsed: SigningKey;
  readonly ofWebChat: SigningKey;
  /** As its key document has them. */
  published(): readonly PublishedKey[];
  /** Signs with a new key from now on, and publishes the old one no more. */
  roll(): Promise<void>;
};

let rolled = 0;

export async function createChannelKeys(): Promise<ChannelKeys> {
  let [current, { unendorsed, ofWebChat }] = await Promise.all([botFrameworkSigningKey(), otherSigningKeys()]);
  let previous = current;
  return {
    current: () => current,
    previous: () => previous,
    unendorsed,
    ofWebChat,
    published: () => [
      { ...current.publicJwk, endorsements: ['msteams'] },
      { ...ofWebChat.publicJwk, endorsements: ['webchat'] },
      unendorsed.publicJwk,
    ],
    async roll() {
      previous = current;
      rolled += 1;
      current = await createSigningKey(`simulated-bot-framework-${rolled}`);
    },
  };
}
