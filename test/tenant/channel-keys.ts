import type { JWK } from 'jose';
import { botFrameworkSigningKey, createSigningKey, otherSigningKeys, type SigningKey } from './signing-keys.ts';

export type PublishedKey = JWK & { readonly endorsements?: readonly string[] };

/** The keys of one tenant's Bot Framework. */
export type ChannelKeys = {
  /** The key that signs for Teams now. */
  current(): SigningKey;
  /** The key that signed for Teams before the last change of keys; the current one when there was none. */
  previous(): SigningKey;
  readonly unendorsed: SigningKey;
  readonly ofWebChat: SigningKey;
  /** The keys as published in the key document. */
  published(): readonly PublishedKey[];
  /** Replaces the signing key with a new one, and stops publishing the old one. */
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
