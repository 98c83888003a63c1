import { isSamePerson, type Person } from './approval.ts';

/** A person's proposal to post cards to another channel. The present channel stays until another person confirms. */
export type ChannelMove = {
  readonly id: string;
  /** The code that people type to refer to it. */
  readonly code: string;
  readonly from: string;
  readonly to: string;
  /** The Entra group id of the new channel's team, where it is known. */
  readonly teamId: string | null;
  readonly tenantId: string;
  readonly by: Person;
  /** Ms since the epoch. */
  readonly expiresAt: number;
};

export type MoveVerdict = 'confirm' | 'reject';

/** Why a verdict on a proposed channel was refused. */
export type MoveRefusal =
  | 'no_such_move'
  | 'move_expired'
  | 'own_move'
  | 'not_in_either_channel'
  | 'proposer_not_eligible';

/** The outcome of "watch here": `watching` when no channel was set, otherwise a proposal. */
export type WatchOutcome =
  | { readonly kind: 'watching' | 'already' }
  | { readonly kind: 'proposed'; readonly move: ChannelMove };

/** A second person's verdict on a proposal, and the channel it was given in. */
export type MoveDecision = {
  readonly verdict: MoveVerdict;
  readonly code: string;
  readonly by: Person;
  readonly channelId: string;
  /** Whether the proposer may still propose a move. */
  readonly proposerIsEligible: boolean;
};

export type MoveOutcome =
  | { readonly kind: 'moved' | 'kept' }
  | { readonly kind: 'refused'; readonly reason: MoveRefusal };

/** The notices about a move, each requested once; a crash just after the post may repeat it. */
export type ChannelNotice =
  | { readonly kind: 'proposed'; readonly move: ChannelMove }
  | { readonly kind: 'moved'; readonly move: ChannelMove; readonly by: Person }
  | { readonly kind: 'kept'; readonly move: ChannelMove; readonly by: Person };

/**
 * Returns why this person may not give this verdict in this channel now; null when they may. The proposer may reject, but not
 * confirm.
 */
export function moveRefusal(
  move: ChannelMove,
  { verdict, by, channelId, at }: { verdict: MoveVerdict; by: Person; channelId: string; at: number },
): MoveRefusal | null {
  if (at >= move.expiresAt) return 'move_expired';
  if (channelId !== move.from && channelId !== move.to) return 'not_in_either_channel';
  return verdict === 'confirm' && isSamePerson(by, move.by) ? 'own_move' : null;
}
