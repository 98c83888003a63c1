import type { Incident } from '../../incident/model/incident.ts';
import { isAbout, isShort, type Quorum } from '../../incident/model/quorum.ts';
import type { Strings } from '../locales/locale.ts';
import { type Line, type Section, textLine } from './card-lines.ts';
import { cardTime, MAX_TEXT, shortName } from './card-text.ts';

type CardStrings = Strings['cards'];
type ReadQuorum = Extract<Quorum, { kind: 'read' }>;

/** Who can still act in this channel, and what to do when they are too few; nothing when that is not known of this state. */
export function quorumSection(incident: Incident, quorum: Quorum | null, cards: CardStrings): Section {
  if (quorum === null || !isAbout(quorum, incident)) return { title: '', lines: [] };
  return { title: '', lines: asOf(quorum.at, linesOf(incident, quorum, cards)) };
}

function linesOf(incident: Incident, quorum: Quorum, { quorum: strings }: CardStrings): readonly Line[] {
  if (quorum.kind === 'unread') return [textLine('', strings.unread, MAX_TEXT)];
  if (isShort(quorum)) return [{ ...textLine('', shortText(incident, quorum, strings), MAX_TEXT), kind: 'warning' }];
  const { here, elsewhere, complete, names, approverId } = quorum;
  const label = approverId === null ? strings.canAct : strings.canConfirm;
  const shown = names.map((name) => shortName({ name }));
  return [
    ...(here === 0 ? [] : [textLine(label, strings.names(shown, here - shown.length, complete), MAX_TEXT)]),
    ...(elsewhere === 0 ? [] : [textLine('', strings.elsewhere(elsewhere, complete), MAX_TEXT)]),
    ...(complete ? [] : [textLine('', strings.notAll, MAX_TEXT)]),
  ];
}

function shortText({ approval }: Incident, quorum: ReadQuorum, strings: CardStrings['quorum']): string {
  const { approverId, elsewhere, names } = quorum;
  const next = elsewhere === 0 ? strings.makeEligible : strings.addToTeam(elsewhere);
  if (approverId !== null)
    return `${strings.nobodyConfirms(shortName(approval?.approver ?? { name: approverId }))}${next}`;
  const [only] = names;
  return `${only === undefined ? strings.nobodyActs : strings.onlyOneActs(shortName({ name: only }))}${next}`;
}

/** The time of the count stands beneath its last line, because the card is not redrawn whenever people come or go. */
function asOf(at: number, lines: readonly Line[]): readonly Line[] {
  return lines.map((line, index) => (index === lines.length - 1 ? { ...line, when: cardTime(at) } : line));
}
