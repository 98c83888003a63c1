import type { Person } from '../../incident/model/approval.ts';
import type { ChannelMove, MoveDecision, MoveOutcome, WatchOutcome } from '../../incident/model/channel-move.ts';
import type { Place } from '../../storage/conversations.ts';
import { messageTime } from '../cards/messages/message-time.ts';
import { type Locale, strings } from '../locales/locale.ts';
import type { Scope, Sender } from '../transport/incoming.ts';
import type { Eligibility } from './eligibility.ts';
import { refusedText } from './refused-text.ts';

/** A typed command about where cards are posted. */
export type ChannelCommand =
  | { readonly kind: 'watch_here' }
  | { readonly kind: 'confirm_channel' | 'reject_channel'; readonly code: string };

export type ChannelQuestion = {
  readonly command: ChannelCommand;
  readonly sender: Sender;
  readonly place: Place;
  readonly scope: Scope;
  readonly locale: Locale;
};

export type ChannelChoice = {
  readonly eligibility: (sender: Sender) => Promise<Eligibility>;
  readonly watchHere: (place: Place, by: Person) => Promise<WatchOutcome>;
  /** Returns the proposal that waits under a code; null when there is none. */
  readonly readMove: (code: string) => Promise<ChannelMove | null>;
  readonly decideMove: (verdict: MoveDecision) => Promise<MoveOutcome>;
  /** The zone of times in an answer. */
  readonly timeZone: string;
  /** Whether the channel is configured, so that nobody may choose another. */
  readonly channelIsConfigured: boolean;
};

/** Decides who may choose the channel, and answers with a sentence. Once a channel is chosen, moving it takes two people. */
export async function chooseChannel(deps: ChannelChoice, question: ChannelQuestion): Promise<string> {
  const { command, sender, scope, locale } = question;
  const { chat } = strings(locale);
  if (deps.channelIsConfigured) return chat.watchConfigured;
  if (scope !== 'channel') return chat.watchNotHere;
  const who = await deps.eligibility(sender);
  if (who.kind === 'refused') return refusedText(who.refusal, chat.watchNotAllowed, locale);
  return command.kind === 'watch_here'
    ? watch(deps, question, who.person)
    : decide(deps, question, { kind: command.kind, code: command.code.toUpperCase(), by: who.person });
}

async function watch(deps: ChannelChoice, { place, locale }: ChannelQuestion, by: Person): Promise<string> {
  const { chat, channelMove } = strings(locale);
  const outcome = await deps.watchHere(place, by);
  if (outcome.kind !== 'proposed') return outcome.kind === 'watching' ? chat.watching : channelMove.already;
  return channelMove.waits(outcome.move.code, messageTime(outcome.move.expiresAt, { locale, timeZone: deps.timeZone }));
}

type Given = { readonly kind: 'confirm_channel' | 'reject_channel'; readonly code: string; readonly by: Person };

async function decide(deps: ChannelChoice, { place, locale }: ChannelQuestion, { kind, code, by }: Given) {
  const { channelMove } = strings(locale);
  const move = await deps.readMove(code);
  const proposerIsEligible = move !== null && (await deps.eligibility(move.by)).kind === 'eligible';
  const verdict = kind === 'confirm_channel' ? 'confirm' : 'reject';
  const outcome = await deps.decideMove({ verdict, code, by, channelId: place.channelId, proposerIsEligible });
  return outcome.kind === 'refused' ? channelMove.refused[outcome.reason] : channelMove.done[outcome.kind];
}
