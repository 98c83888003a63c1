import { isCodeOf, readCode } from '../../incident/model/code.ts';
import type { Incident } from '../../incident/model/incident.ts';
import type { Refusal } from '../../incident/model/refusal.ts';
import { recordingCalls } from '../../shared/call-trace.ts';
import { within } from '../../shared/timeout.ts';
import type { AdaptiveCard } from '../cards/card.ts';
import { renderHelp } from '../cards/chat-card.ts';
import { renderConnector, renderHistory } from '../cards/connectors-card.ts';
import { renderConnectors } from '../cards/status-card.ts';
import type { CardLinks, ConnectorDetails, ConnectorsStatus, Listing } from '../cards/view-models.ts';
import { type Locale, strings } from '../locales/locale.ts';
import type { Asker, Scope } from '../transport/incoming.ts';
import { type ChannelChoice, chooseChannel } from './channel-choice.ts';
import type { Command, DecisionCommand } from './commands.ts';
import type { Decide } from './decisions.ts';
import type { AnswerDrill } from './drill-command.ts';
import { readListing } from './listing.ts';
import type { MayNotRead } from './readers.ts';
import { refusedText } from './refused-text.ts';
import type { RequestReport } from './report-request.ts';
import { noSuchConnector, similarNames } from './similar-names.ts';
import { isCalled } from './status.ts';

/** A message to the bot, with its sender. */
export type Question = Asker & {
  readonly command: Command;
  readonly scope: Scope;
  /** False for a message in a channel without a mention. */
  readonly addressed: boolean;
  /** The sender's language. */
  readonly locale: Locale;
};

export type ChatReply =
  | { readonly kind: 'card'; readonly card: AdaptiveCard }
  | { readonly kind: 'text'; readonly text: string };

/** Resolves to null when there is nothing to answer, because people talk among themselves. */
export type AnswerCommand = (question: Question) => Promise<ChatReply | null>;

type Dependencies = ChannelChoice & {
  readonly readStatus: () => Promise<ConnectorsStatus>;
  /** Lists past and open incidents, newest first; those of one connector when a name is given. */
  readonly readHistory: (name: string | null) => Promise<readonly Incident[]>;
  /** Returns links to the cards of incidents, by incident id. */
  readonly linkToCards: (incidentIds: readonly string[]) => Promise<CardLinks>;
  /** Returns what is known of one connector besides its state. */
  readonly readDetails: (connectorId: string) => Promise<ConnectorDetails>;
  /** Runs the checks of a connector and stores the results. */
  readonly checkConnector: (connectorId: string) => Promise<unknown>;
  /** Has every connector checked, one after the other. */
  readonly requestChecks: () => Promise<void>;
  /** Requests a reading of Exchange, so that the next answer is fresh. */
  readonly requestReconcile: () => Promise<void>;
  readonly mayNotRead: MayNotRead;
  readonly requestReport: RequestReport;
  readonly decide: Decide;
  readonly drill: AnswerDrill;
};

/** Answers a message to the bot in the sender's language. Rejects only when the service itself fails. */
export function createChat(deps: Dependencies): AnswerCommand {
  return async (question) => {
    const { command, locale } = question;
    switch (command.kind) {
      case 'help':
      case 'greeting':
        return card(renderHelp(locale, true));
      case 'thanks':
        return text(strings(locale).decisions.thanks);
      case 'unknown':
        return card(renderHelp(locale, false));
      case 'watch_here':
      case 'confirm_channel':
      case 'reject_channel':
        return text(await recordingCalls(() => chooseChannel(deps, { ...question, command })));
      case 'drill':
        return text(await recordingCalls(() => startOrStop(deps, question, command.stop)));
      case 'status':
      case 'history':
      case 'check':
      case 'report':
        return read(deps, question, command);
      default:
        return decide(deps, question, command);
    }
  };
}

async function decide(deps: Dependencies, question: Question, command: DecisionCommand): Promise<ChatReply | null> {
  const { sender, place, locale, addressed } = question;
  const refusal = await deps.mayNotRead(sender, place);
  if (refusal !== null) return addressed ? text(mayNotReadText(refusal, locale)) : null;
  const answer = await deps.decide({ command, sender, locale });
  return answer.understood || addressed ? text(answer.text) : null;
}

type Reading = Extract<Command, { readonly name: string | null }>;

async function read(deps: Dependencies, question: Question, { kind, name }: Reading): Promise<ChatReply> {
  const { locale } = question;
  const refusal = await deps.mayNotRead(question.sender, question.place);
  if (refusal !== null) return text(mayNotReadText(refusal, locale));
  if (kind === 'history') return history(deps, name, locale);
  if (kind === 'report') return report(deps, name, question);
  const status = await deps.readStatus();
  await deps.requestReconcile();
  if (name !== null) return ofConnector(deps, kind, name, status, locale);
  if (kind === 'status' || status.connectors.length === 0) return list(deps, status, locale);
  await deps.requestChecks();
  return text(strings(locale).posture.checking(status.connectors.length));
}

/** Reports on the incident of the named connector or code; without a name, on the open incident, or the latest one. */
async function report(deps: Dependencies, name: string | null, question: Question): Promise<ChatReply> {
  const incidents = name === null ? await deps.readHistory(null) : await called(deps, name);
  const incident = incidents.find(({ endedAt }) => endedAt === null) ?? incidents[0];
  if (incident === undefined) return history(deps, name, question.locale);
  return text(await deps.requestReport(incident.id, question, question.locale));
}

async function called({ readHistory }: Dependencies, name: string): Promise<readonly Incident[]> {
  const ofConnector = await readHistory(name);
  if (ofConnector.length > 0) return ofConnector;
  const code = readCode(name);
  return (await readHistory(null)).filter(
    ({ id, approval }) => id === name.toLowerCase() || (approval !== null && isCodeOf(approval, code)),
  );
}

async function history(deps: Dependencies, name: string | null, locale: Locale): Promise<ChatReply> {
  const incidents = await deps.readHistory(name);
  if (name === null || incidents.length > 0) {
    const links = await deps.linkToCards(incidents.slice(0, MAX_LINKED).map(({ id }) => id));
    return card(renderHistory(incidents, name, locale, { links }));
  }
  const { connectors } = await deps.readStatus();
  const known = connectors.some((connector) => isCalled(connector, name));
  return card(renderHistory([], name, locale, { near: known ? [] : similarNames(name, connectors) }));
}

/** More than any card lists. */
const MAX_LINKED = 40;

async function list(
  { linkToCards }: Dependencies,
  status: ConnectorsStatus,
  locale: Locale,
  listing?: Listing,
): Promise<ChatReply> {
  const open = status.connectors.flatMap(({ restricted, incident }) => (restricted && incident ? [incident.id] : []));
  const links = await linkToCards(open.slice(0, MAX_LINKED));
  return card(renderConnectors(status, locale, { links, ...(listing === undefined ? {} : { listing }) }));
}

/** The person waits for at most this long; later results are stored anyway. */
const CHECK_WITHIN_MS = 8_000;

async function ofConnector(
  deps: Dependencies,
  kind: 'status' | 'check',
  name: string,
  status: ConnectorsStatus,
  locale: Locale,
): Promise<ChatReply> {
  if (status.connectors.length === 0) return list(deps, status, locale);
  const [found, ...others] = status.connectors.filter((connector) => isCalled(connector, name));
  const listing = found === undefined && kind === 'status' ? readListing(name) : null;
  if (listing !== null) return list(deps, status, locale, listing);
  if (found === undefined || others.length > 0) return text(noSuchConnector(name, status.connectors, locale));
  const isChecking = kind === 'check' && (await within(CHECK_WITHIN_MS, () => deps.checkConnector(found.id))) === null;
  const details = await deps.readDetails(found.id);
  return card(renderConnector(found, status, locale, { ...details, isChecking }));
}

function startOrStop({ drill }: Dependencies, { sender, place: { channelId }, locale }: Question, stop: boolean) {
  return drill({ stop, sender, channelId, locale });
}

function mayNotReadText(refusal: Refusal, locale: Locale): string {
  return refusedText(refusal, strings(locale).chat.mayNotRead, locale);
}

function card(content: AdaptiveCard): ChatReply {
  return { kind: 'card', card: content };
}

function text(content: string): ChatReply {
  return { kind: 'text', text: content };
}
