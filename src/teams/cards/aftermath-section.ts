import type { Aftermath, Earlier, FollowUp } from '../../incident/model/follow-up.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { type Locale, type Strings, strings } from '../locales/locale.ts';
import { type Line, plainLine, type Section, textLine, timeLine, warningLine } from './card-lines.ts';
import { MAX_NAME, MAX_TEXT } from './card-text.ts';
import { button, type Execute } from './forms/form.ts';
import { durationText } from './messages/message-time.ts';

const MAX_LINE = 300;

/** Returns the tasks left after an unblock, with who did which, and the mail since then. */
export function followUpLines({ followUps, since, watchedUntil }: Aftermath, locale: Locale): readonly Line[] {
  const { followUp: texts } = strings(locale);
  const number = new Intl.NumberFormat(locale).format;
  const title = followUps.length === 0 ? [] : [plainLine(`${texts.title}:`)];
  const tasks = followUps.map((followUp) => taskLine(followUp, texts));
  const seen = since === null ? [] : [plainLine(texts.since(number(since.messages), number(since.judged)))];
  const until = watchedUntil === null ? [] : [timeLine(texts.watchedUntil, watchedUntil)];
  return [...title, ...tasks, ...seen, ...until];
}

/** Returns a line that the connector was restricted again soon after an unblock. */
export function againLines({ openedAt }: Incident, { earlier }: Aftermath, locale: Locale): readonly Line[] {
  if (earlier === null) return [];
  const { again } = strings(locale).followUp;
  return [warningLine(again(durationText(Math.max(0, openedAt - earlier.endedAt), locale)))];
}

/** Returns what was tried when the connector was restricted before. */
export function earlierSection({ earlier }: Aftermath, locale: Locale): Section {
  return { title: '', lines: earlier === null ? [] : whatWasTried(earlier, strings(locale).followUp) };
}

/** Returns a button for each open task. */
export function followUpActions(
  { id, revision }: Incident,
  { followUps }: Aftermath,
  locale: Locale,
): readonly Execute[] {
  const { buttons } = strings(locale).followUp;
  return followUps
    .filter(({ done }) => done === null)
    .map(({ task }) => button('done', buttons[task], { incidentId: id, shown: String(revision), task }));
}

function taskLine({ task, done }: FollowUp, texts: Strings['followUp']): Line {
  if (done === null) return plainLine(`☐ ${texts.tasks[task]}`);
  return textLine('', `☑ ${texts.done(texts.buttons[task], done.by.name)}`, MAX_LINE);
}

function whatWasTried(
  { approver, confirmer, reason, followUps }: Earlier,
  texts: Strings['followUp'],
): readonly Line[] {
  const buttonsOf = (isDone: boolean) =>
    followUps
      .filter(({ done }) => (done !== null) === isDone)
      .map(({ task }) => texts.buttons[task])
      .join(', ');
  const [done, open] = [buttonsOf(true), buttonsOf(false)];
  return [
    ...(approver === null || confirmer === null
      ? []
      : [textLine('', texts.agreedBy(approver, confirmer), 2 * MAX_NAME)]),
    ...(reason === null ? [] : [textLine('', texts.reasonThen(reason), MAX_TEXT)]),
    ...(done === '' ? [] : [plainLine(texts.doneThen(done))]),
    ...(open === '' ? [] : [warningLine(texts.openThen(open))]),
  ];
}
