import type { Incident } from '../../incident/model/incident.ts';
import { isAbout, isShort, type Quorum } from '../../incident/model/quorum.ts';
import type { Strings } from '../locales/locale.ts';
import { type Line, type Section, textLine } from './card-lines.ts';
import { cardTime, LONGEST_WORDS, shortName } from './card-text.ts';

type CardStrings = Strings['cards'];
type ReadQuorum = Extract<Quorum, { kind: 'read' }>;

/** Who can still act in this channel, and what to do when they are too few; nothing when that is not known of this state. */
export function quorumSection(incident: Incident, quorum: Quorum | null, cards: CardStrings): Section {
  if (quorum === null || !isAbout(quorum, incident)) return { title: '', lines: [] };
  return { title: '', lines: asOf(quorum.at, linesOf(incident, quorum, cards)) };
}

function linesOf(incident: Incident, quorum: Quorum, { quorum: words }: CardStrings): readonly Line[] {
  if (quorum.kind === 'unread') return [textLine('', words.unread, LONGEST_WORDS)];
  if (isShort(quorum))
    return [{ ...textLine('', shortWords(incident, quorum, words), LONGEST_WORDS), kind: 'warning' }];
  const { here, elsewhere, complete, names, approverId } = quorum;
  const label = approverId === null ? words.canAct : words.canConfirm;
  const shown = names.map((name) => shortName({ name }));
  return [
    ...(here === 0 ? [] : [textLine(label, words.names(shown, here - shown.length, complete), LONGEST_WORDS)]),
    ...(elsewhere === 0 ? [] : [textLine('', words.elsewhere(elsewhere, complete), LONGEST_WORDS)]),
    ...(complete ? [] : [textLine('', words.notAll, LONGEST_WORDS)]),
  ];
}

function shortWords({ approval }: Incident, quorum: ReadQuorum, words: CardStrings['quorum']): string {
  const { approverId, elsewhere, names } = quorum;
  const next = elsewhere === 0 ? words.makeEligible : words.addToTeam(elsewhere);
  if (approverId !== null)
    return `${words.nobodyConfirms(shortName(approval?.approver ?? { name: approverId }))}${next}`;
  const [only] = names;
  return `${only === undefined ? words.nobodyActs : words.onlyOneActs(shortName({ name: only }))}${next}`;
}

/** The time of the count stands beneath its last line, because the card is not redrawn whenever people come or go. */
function asOf(at: number, lines: readonly Line[]): readonly Line[] {
  return lines.map((line, index) => (index === lines.length - 1 ? { ...line, when: cardTime(at) } : line));
}
