import { actToReview } from '../../incident/model/break-glass-acts.ts';
import { isDrill } from '../../incident/model/drill.ts';
import type { Incident, IncidentState } from '../../incident/model/incident.ts';
import { isShort, needsPeople, type Quorum } from '../../incident/model/quorum.ts';
import { type Locale, strings } from '../locales/locale.ts';
import type { Mentioned } from '../ports.ts';
import { approvalSections } from './approval-section.ts';
import { breakGlassSections } from './break-glass-section.ts';
import { type Line, markdownLine, noticeLine, plainLine, shortenedLines } from './card-lines.ts';
import { modeTexts } from './headline.ts';
import { mentionText } from './messages/mention.ts';
import { outcomeLines } from './outcome-section.ts';
import { quorumLines } from './quorum-section.ts';
import type { View } from './view.ts';

/** The length that fits above the buttons on the first screen of a phone; the rest is in the details. */
const MAX_NOTICE = 80;
const MAX_DECIDED = 4;

/** Returns what must be read before anything is pressed: a dry run, too few people, Exchange's response, the decisions so far. */
export function noticeLines(incident: Incident, view: View, quorum: Quorum | null): readonly Line[] {
  const { cards } = strings(view.locale);
  const tooFew = quorum !== null && isShort(quorum) ? quorumLines(incident, quorum, cards) : [];
  const decided = isFolded(incident, view) ? [] : decidedLines(incident, view).slice(0, MAX_DECIDED);
  return [
    ...drillNotice(incident, view),
    ...modeNotice(incident, view),
    ...tooFew,
    ...shortenedLines(outcomeLines(incident, view), MAX_NOTICE),
    ...shortenedLines(isOver(incident) ? decided.filter(isEvent).map(withoutTime) : decided, MAX_NOTICE),
  ];
}

/** Whether the decisions are in the details only: after a failure, or where the command to run by hand contains them. */
function isFolded({ state, unblockCall }: Incident, { unblockMode }: View): boolean {
  return state === 'unblock_failed' || (state === 'verifying' && unblockMode === 'manual' && unblockCall !== null);
}

/** Whether nothing is left to decide, so that the first screen has only who decided. */
function isOver(incident: Incident): boolean {
  return incident.endedAt !== null && actToReview(incident) === null;
}

function isEvent({ label }: Line): boolean {
  return label === '';
}

function withoutTime(line: Line): Line {
  return { ...line, when: '' };
}

/** The first line on every card of a drill, in any state. */
function drillNotice(incident: Incident, { locale }: View): readonly Line[] {
  return isDrill(incident) ? [noticeLine(strings(locale).drills.notice)] : [];
}

/** Returns in full the decisions and responses that the first screen shortens or omits; nothing when it shows all of them. */
export function restOfNotices(incident: Incident, view: View): readonly Line[] {
  const decided = decidedLines(incident, view);
  const isLeftOut = decided.length > MAX_DECIDED || isFolded(incident, view) || isOver(incident);
  return [...outcomeLines(incident, view).filter(isCut), ...(isLeftOut || decided.some(isCut) ? decided : [])];
}

function isCut({ kind, value }: Line): boolean {
  return kind !== 'code' && value.length > MAX_NOTICE;
}

/** Returns who approved and confirmed and why, or how the last approval or break-glass ended. */
function decidedLines(incident: Incident, { locale }: View): readonly Line[] {
  const texts = strings(locale);
  const sections = [...breakGlassSections(incident, texts), ...approvalSections(incident, texts.cards, false)];
  return sections.flatMap(({ lines }) => lines);
}

/** States in which the sentence on the state's meaning, or a notice, already says what comes next. */
const NEXT_IS_STATED: ReadonlySet<IncidentState> = new Set([
  'awaiting_confirmation',
  'break_glass_waiting',
  'unblocked',
  'closed',
]);

/** Returns what happens next, and who can do it. */
export function nextLines(
  next: string,
  incident: Incident,
  quorum: Quorum | null,
  { locale, role, mentions = [] }: View,
): readonly Line[] {
  const cannotApprove = incident.connector?.raw !== undefined;
  const people =
    quorum === null || isShort(quorum) || cannotApprove ? [] : quorumLines(incident, quorum, strings(locale).cards);
  const isRedundant = next === '' || (NEXT_IS_STATED.has(incident.state) && role !== 'approver');
  const cannot = role === 'reader' && needsPeople(incident) ? [plainLine(strings(locale).cards.next.statusOnly)] : [];
  const named = mentions.length > 0 && people.length > 0 ? mentionLine(mentions, incident, locale) : people;
  return [...(isRedundant ? [] : [plainLine(next)]), ...named, ...cannot];
}

/** Returns the mentioned people in place of the names of those who can act; Teams notifies people mentioned on a new card. */
function mentionLine(mentions: readonly Mentioned[], { approval, state }: Incident, locale: Locale): readonly Line[] {
  const { canAct, canConfirm } = strings(locale).cards.quorum;
  const label = state === 'awaiting_confirmation' && approval !== null ? canConfirm : canAct;
  return [markdownLine(`**${label}:** ${mentionText(mentions)}`)];
}

/** Returns the notice of the unblock mode while there is something to press. */
function modeNotice({ endedAt }: Incident, view: View): readonly Line[] {
  const notice = modeTexts(view)?.notice ?? '';
  return notice === '' || endedAt !== null ? [] : [noticeLine(notice)];
}
