import type { Incident } from '../../incident/model/incident.ts';
import { isAbout, isShort, type Quorum } from '../../incident/model/quorum.ts';
import type { Strings } from '../locales/locale.ts';
import { type Line, plainLine, textLine, timeLine, warningLine } from './card-lines.ts';
import { literal, MAX_TEXT, shortName } from './card-text.ts';

type CardStrings = Strings['cards'];
/** All names are on one line. */
const MAX_LISTED = 20;

type ReadQuorum = Extract<Quorum, { kind: 'read' }>;

/** Returns who can still act in this channel, or what to do when they are too few; nothing when it is not known for this state. */
export function quorumLines(incident: Incident, quorum: Quorum, { quorum: strings }: CardStrings): readonly Line[] {
  if (!isAbout(quorum, incident)) return [];
  if (quorum.kind === 'unread') return [textLine('', strings.unread, MAX_TEXT)];
  if (isShort(quorum)) return [warningLine(literal(shortText(incident, quorum, strings), MAX_TEXT))];
  const { here, complete, names, approverId } = quorum;
  const label = approverId === null ? strings.canAct : strings.canConfirm;
  const shown = names.map((name) => shortName({ name }, MAX_LISTED));
  return here === 0 ? [] : [textLine(label, strings.names(shown, here - shown.length, complete), MAX_TEXT)];
}

/** Returns who else could act, and as of when. The card is not redrawn whenever people join or leave. */
export function quorumDetails(
  incident: Incident,
  quorum: Quorum | null,
  { quorum: strings }: CardStrings,
): readonly Line[] {
  if (quorum === null || !isAbout(quorum, incident)) return [];
  const at = timeLine(strings.countedAt, quorum.at);
  if (quorum.kind === 'unread') return [at];
  const { elsewhere, complete } = quorum;
  return [
    at,
    ...(elsewhere === 0 ? [] : [plainLine(strings.elsewhere(elsewhere, complete))]),
    ...(complete ? [] : [plainLine(strings.notAll)]),
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
