import { type Verdict, worstFirst } from '../../../incident/model/finding.ts';
import { type Posture, unreported, verdictOf, type Week } from '../../../incident/model/posture.ts';
import { type Strings, strings } from '../../locales/locale.ts';
import type { ChannelMessage } from '../../ports.ts';
import { literal, MAX_NAME } from '../card-text.ts';
import { statementInMessage } from '../finding-text.ts';
import { channelMessage, escapeMarkup } from './mention.ts';
import { messageTime, type Reader } from './message-time.ts';

const MAX_CONNECTORS = 10;

/** Returns the message about connectors with a new `bad` finding. */
export function postureText(postures: readonly Posture[], reader: Reader): ChannelMessage {
  const texts = strings(reader.locale);
  const shown = postures.slice(0, MAX_CONNECTORS).map((posture) => connectorText(posture, unreported(posture), reader));
  const more = postures.length - shown.length;
  return channelMessage([
    texts.posture.whatToDo,
    ...shown,
    ...(more === 0 ? [] : [texts.posture.moreConnectors(more)]),
  ]);
}

/** Returns the weekly digest; null when it would be empty. */
export function digestText(week: Week, reader: Reader): ChannelMessage | null {
  const { posture: texts } = strings(reader.locale);
  const marks = countMarks(week.posture);
  const hasContent = week.restricted + week.unblocked + week.open + week.openTasks + marks.bad + marks.concern > 0;
  if (!hasContent) return null;
  const bad = week.posture.filter((posture) => verdictOf(posture) === 'bad').slice(0, MAX_CONNECTORS);
  const checksOf = ({ findings }: Posture) =>
    findings.filter(({ verdict }) => verdict === 'bad').map(({ check }) => check);
  return channelMessage([
    `**${texts.digestTitle(messageTime(week.from, reader), messageTime(week.until, reader))}**`,
    texts.digestIncidents(week.restricted, week.unblocked, week.open),
    texts.digestMarks(marks.bad, marks.concern, marks.good, marks.unknown),
    ...(week.openTasks === 0 ? [] : [texts.digestTasks(week.openTasks)]),
    ...bad.map((posture) => connectorText(posture, checksOf(posture), reader)),
  ]);
}

function connectorText(posture: Posture, checks: readonly string[], reader: Reader): string {
  const texts = strings(reader.locale);
  const name = escapeMarkup(literal(posture.name, MAX_NAME));
  const sentences = worstFirst(posture.findings)
    .filter(({ check }) => checks.includes(check))
    .map((finding) => findingText(finding.check, statementInMessage(finding.statements[0], reader), texts));
  return [texts.posture.turnedBad(name), ...sentences, texts.posture.ask(name)].join('\n\n');
}

function findingText(check: keyof Strings['findings']['checks'], sentence: string, { findings }: Strings): string {
  return `- ${findings.checks[check]}: ${sentence}`;
}

function countMarks(all: readonly Posture[]): { readonly [verdict in Verdict]: number } {
  const count = (verdict: Verdict) => all.filter((posture) => verdictOf(posture) === verdict).length;
  return { good: count('good'), unknown: count('unknown'), concern: count('concern'), bad: count('bad') };
}
