import { isSamePerson, type Person } from './approval.ts';

/** One person's proposal that cards be posted to another channel; the present one stays until somebody else confirms. */
export type ChannelMove = {
  readonly id: string;
  /** What people type to name it. */
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

/** Why a verdict about a proposed channel changed nothing. */
export type MoveRefusal =
  | 'no_such_move'
  | 'move_expired'
  | 'own_move'
  | 'not_in_either_channel'
  | 'proposer_not_eligible';

/** What became of "watch here": `watching` at once where no channel was set, else a proposal. */
export type WatchOutcome =
  | { readonly kind: 'watching' | 'already' }
  | { readonly kind: 'proposed'; readonly move: ChannelMove };

/** What a second person says about a proposal, and where. */
export type MoveDecision = {
  readonly verdict: MoveVerdict;
  readonly code: string;
  readonly by: Person;
  readonly channelId: string;
  /** Whether whoever proposed the move may still do so. */
  readonly proposerIsEligible: boolean;
};

export type MoveOutcome =
  | { readonly kind: 'moved' | 'kept' }
  | { readonly kind: 'refused'; readonly reason: MoveRefusal };

/** What a channel is told of a move, once each. */
export type ChannelNotice =
  | { readonly kind: 'proposed'; readonly move: ChannelMove }
  | { readonly kind: 'moved'; readonly move: ChannelMove; readonly by: Person }
  | { readonly kind: 'kept'; readonly move: ChannelMove; readonly by: Person };

/** Why this person may not give this verdict in this channel now; null when they may. Whoever proposed it may reject it. */
export function moveRefusal(
  move: ChannelMove,
  { verdict, by, channelId, at }: { verdict: MoveVerdict; by: Person; channelId: string; at: number },
): MoveRefusal | null {
  if (at >= move.expiresAt) return 'move_expired';
  if (channelId !== move.from && channelId !== move.to) return 'not_in_either_channel';
  return verdict === 'confirm' && isSamePerson(by, move.by) ? 'own_move' : null;
}
