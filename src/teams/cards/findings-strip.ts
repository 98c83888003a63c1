import { isDrill } from '../../incident/model/drill.ts';
import { DAY_MS } from '../../incident/model/duration.ts';
import { CHECKS, type Check, type Finding, VERDICTS, type Verdict, worstFirst } from '../../incident/model/finding.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { type Locale, strings } from '../locales/locale.ts';
import { foundLine, type Line } from './card-lines.ts';
import { clipSentence, literal, MAX_TEXT, shortName } from './card-text.ts';
import { statementInShort } from './finding-text.ts';
import { durationText } from './messages/message-time.ts';
import { unreadMail } from './unread-mail.ts';

/** One finding, in a sentence whose outside texts are literal. */
type StripLine = { readonly verdict: Verdict; readonly text: string; readonly check?: Check };

/** The number that fits on the first screen of a phone. */
const MAX_GOOD = 2;
const MAX_NAMED = 2;
const MAX_PERSON = 28;
const WEEK_MS = 7 * DAY_MS;

/**
 * Returns the findings against the connector, the worst first, then the number of good ones and what could not be checked.
 * `isAgain` omits that it was restricted before, because the card says so above.
 */
export function stripLines(incident: Incident, locale: Locale, isAgain = false): readonly Line[] {
  const found = [...foundBy(incident.findings ?? [], locale), ...pendingOf(incident, locale)];
  const all = [...found, ...knownOf(incident, locale, isAgain)].toSorted(
    (a, b) => VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict),
  );
  const problems = all.filter(({ verdict }) => verdict === 'bad' || verdict === 'concern');
  const others = all.filter((it) => !problems.includes(it));
  const room = roomFor(incident);
  const unread = unreadMail(incident, locale, room.isCrowded);
  const unreadLine = unread === null ? [] : [foundLine('unknown', unread.text)];
  const free = room.lines - unreadLine.length;
  const shown = problems.length > 0 || unread !== null ? problems.slice(0, free) : others.slice(0, MAX_GOOD);
  const rest = all.filter((it) => !shown.includes(it) && unread?.checks.some((check) => check === it.check) !== true);
  const lines = shown.map(({ verdict, text }) => foundLine(verdict, clipSentence(text, room.length * widthOf(locale))));
  return [...lines, ...unreadLine, ...restLines(rest, incident, locale)];
}

/** Returns how much room there is for them: less if an approval, a drill or an earlier restriction is shown above. */
function roomFor(incident: Incident): { readonly lines: number; readonly length: number; readonly isCrowded: boolean } {
  const { state, previousIncidentId } = incident;
  const isCrowded = state === 'awaiting_confirmation' || isDrill(incident) || previousIncidentId !== null;
  return isCrowded ? { lines: 2, length: 64, isCrowded } : { lines: 3, length: 84, isCrowded };
}

/** Returns the characters per line. Japanese characters are wider and carry more. */
function widthOf(locale: Locale): number {
  return locale === 'ja-JP' ? 0.6 : 1;
}

function restLines(rest: readonly StripLine[], incident: Incident, locale: Locale): readonly Line[] {
  const texts = strings(locale).cards.findings;
  const of = (verdict: Verdict) => rest.filter((it) => it.verdict === verdict);
  const [dangers, problems, unknown, good] = [of('bad'), of('concern'), of('unknown'), of('good')];
  const isAllGood = good.length === rest.length;
  const hasRoom = dangers.length + problems.length === 0 && !roomFor(incident).isCrowded;
  const parts = [
    { verdict: 'bad', count: dangers.length, text: texts.moreDangers(dangers.length) },
    { verdict: 'concern', count: problems.length, text: texts.moreProblems(problems.length) },
    {
      verdict: 'unknown',
      count: unknown.length,
      text: texts.moreUnknown(unknown.length, hasRoom ? fewNames(unknown, locale) : []),
    },
    { verdict: 'good', count: good.length, text: texts[isAllGood ? 'onlyGood' : 'moreGood'](good.length) },
  ] as const;
  const [worst, ...others] = parts.filter(({ count }) => count > 0);
  if (worst === undefined)
    return incident.findings === undefined && incident.connector !== null ? [foundLine('unknown', texts.notYet)] : [];
  return [foundLine(worst.verdict, [worst, ...others].map(({ text }) => text).join(' · '))];
}

/** Returns the names of the checks; none when they are many, or when one of the findings is not that of a check. */
function fewNames(all: readonly StripLine[], locale: Locale): readonly string[] {
  const { checks } = strings(locale).findings;
  const named = all.flatMap(({ check }) => (check === undefined ? [] : [checks[check]]));
  return named.length === all.length && named.length <= MAX_NAMED ? named : [];
}

/** Returns the worst statement of each check. */
function foundBy(findings: readonly Finding[], locale: Locale): readonly StripLine[] {
  const { checks } = strings(locale).findings;
  return worstFirst(findings).map(({ check, statements: [worst] }) => {
    const sentence = statementInShort(worst, locale);
    return {
      check,
      verdict: worst.verdict,
      text: worst.verdict === 'unknown' ? `${checks[check]}: ${sentence}` : sentence,
    };
  });
}

/** Returns the checks that have no result while others have, so that what is good so far does not pass for all. */
function pendingOf(incident: Incident, locale: Locale): readonly StripLine[] {
  const { checks } = strings(locale).findings;
  const { findings = [] } = incident;
  const { pending } = strings(locale).cards.findings;
  const isBegun = findings.length > 0 && !isDrill(incident);
  const open = !isBegun ? [] : CHECKS.filter((check) => findings.every((it) => it.check !== check));
  return open.map((check) => ({ check, verdict: 'unknown', text: `${checks[check]}: ${pending}` }));
}

/** Returns what the incident itself contains, for checks that have no result yet. */
function knownOf(incident: Incident, locale: Locale, isAgain: boolean): readonly StripLine[] {
  const texts = strings(locale).cards.findings;
  const { connector, alerts, previousIncidentId } = incident;
  const isOpen = (check: Check) => !(incident.findings ?? []).some((finding) => finding.check === check);
  const before = !isAgain && previousIncidentId !== null && isOpen('earlier_restrictions');
  const byTime = alerts.some(({ link }) => link === 'nearness');
  return [
    ...(connector !== null && isOpen('configuration_change') ? [lastChange(incident, connector, locale)] : []),
    ...(connector?.match === 'not_matched' ? [{ verdict: 'concern', text: texts.notFound } as const] : []),
    ...(connector?.match === 'unreadable' ? [{ verdict: 'unknown', text: texts.unreadable } as const] : []),
    ...(before ? [{ verdict: 'concern', text: texts.restrictedBefore } as const] : []),
    ...(byTime ? [{ verdict: 'concern', text: texts.linkedByTime } as const] : []),
  ];
}

/** Returns the last change of the connector as a line of its own; none if it is not known. */
export function lastChangeLines(incident: Incident, locale: Locale): readonly Line[] {
  const { connector, findings = [] } = incident;
  if (connector === null || findings.some(({ check }) => check === 'configuration_change')) return [];
  const { verdict, text } = lastChange(incident, connector, locale);
  return [foundLine(verdict, text)];
}

/** Returns the last change of the connector, relative to the time of the restriction. */
function lastChange({ openedAt }: Incident, connector: NonNullable<Incident['connector']>, locale: Locale): StripLine {
  const texts = strings(locale).cards.findings;
  const { changedAt, changedBy, restrictedSince } = connector;
  if (changedAt === null) return { verdict: 'unknown', text: texts.changeUnknown };
  const before = (restrictedSince ?? openedAt) - changedAt;
  const duration = durationText(Math.max(before, 0), locale);
  if (before >= WEEK_MS) return { verdict: 'good', text: texts.unchanged(duration) };
  const change = before < 0 ? texts.changedSince : texts.changedBefore(duration);
  const by = changedBy === undefined ? change : texts.by(change, shortName({ name: changedBy.by }, MAX_PERSON));
  return { verdict: before < DAY_MS ? 'bad' : 'concern', text: literal(by, MAX_TEXT) };
}
