import type { Approval } from '../../incident/model/approval.ts';
import { waitingAct } from '../../incident/model/break-glass-acts.ts';
import { approvalCode, breakGlassCode, isCodeOf, offerCode, readCode } from '../../incident/model/code.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { shownFrom } from '../../incident/model/new-danger.ts';
import { acknowledgementOf, RECOMMENDATIONS, toAcknowledge } from '../../incident/model/recommendations.ts';
import { ambiguousActText, unknownActText, waitingActsText } from '../cards/messages/break-glass-text.ts';
import {
  ambiguousCodeText,
  notRestrictedText,
  offerText,
  restrictedText,
  staleCodeText,
  unknownCodeText,
  waitingText,
} from '../cards/messages/decision-text.ts';
import { type Locale, strings } from '../locales/locale.ts';
import type { Sender } from '../transport/incoming.ts';
import type { AnswerClick } from './answer-click.ts';
import type { DecisionCommand } from './commands.ts';
import { isMisspelled, noSuchConnector, similarNames } from './similar-names.ts';
import { isCalled } from './status.ts';

type Dependencies = {
  readonly listOpen: () => Promise<readonly Incident[]>;
  /** Carries out the click of a button by the same rules; identity comes only from the sender. */
  readonly answerClick: AnswerClick;
};

/** A decision that was typed instead of pressing a button. */
type TypedDecision<C extends DecisionCommand = DecisionCommand> = {
  readonly command: C;
  readonly sender: Sender;
  readonly locale: Locale;
};

/** `understood` is false when the message may have been meant for other people. */
type DecisionAnswer = { readonly text: string; readonly understood: boolean };

export type Decide = (typed: TypedDecision) => Promise<DecisionAnswer>;

type Approve = Extract<DecisionCommand, { readonly kind: 'approve' }>;
type StopBreakGlass = Extract<DecisionCommand, { readonly kind: 'stop_break_glass' }>;
type EndApproval = Exclude<DecisionCommand, Approve | StopBreakGlass>;

/**
 * Answers decisions typed by a person who may read about incidents. A code stands for what was shown: an approval, a
 * break-glass act, or an incident at one revision as shown to one person.
 */
export function createDecisions({ listOpen, answerClick }: Dependencies): Decide {
  return async ({ command, ...who }) => {
    const open = await listOpen();
    switch (command.kind) {
      case 'approve':
        return approve({ command, ...who }, open, answerClick);
      case 'stop_break_glass':
        return stopBreakGlass({ command, ...who }, open, answerClick);
      default:
        return endApproval({ command, ...who }, open, answerClick);
    }
  };
}

async function approve(
  { command: { text }, sender, locale }: TypedDecision<Approve>,
  open: readonly Incident[],
  answerClick: AnswerClick,
): Promise<DecisionAnswer> {
  const named = open.filter(({ connector }) => connector !== null);
  if (text === null) return notUnderstood(restrictedText(named, locale));
  const [typed = '', ...reason] = text.split(' ');
  const code = readCode(typed);
  const offered = onlyOne(named.filter((incident) => isOffered(incident, sender, code)));
  // A refused click counts as a change of the incident, after which the code would no longer be valid.
  if (offered !== null && reason.length === 0) return understood(strings(locale).decisions.reasonMissing(typed));
  if (offered !== null) {
    const { lang: language } = strings(locale).cards;
    const form = {
      attested: [...RECOMMENDATIONS, ...toAcknowledge(offered.findings).map(acknowledgementOf)],
      reason: reason.join(' '),
      language,
    };
    const click = { verb: 'approve', incidentId: offered.id, shown: offered.revision, ...form } as const;
    return understood(await answerClick(click, sender, locale));
  }
  const match = namedAtStart(text, named);
  if (match !== null) return understood(offer(match, sender, locale));
  const connectors = named.map(nameable);
  if (connectors.some((connector) => isCalled(connector, text)))
    return notUnderstood(noSuchConnector(text, connectors, locale));
  const isName = code === null || connectors.some(({ name }) => name !== null && isMisspelled(name, text));
  if (!isName) return notUnderstood(staleCodeText(typed, locale));
  return notUnderstood(notRestrictedText(text, named, similarNames(text, connectors), locale));
}

function isOffered(incident: Incident, { objectId }: Sender, code: string | null): boolean {
  return objectId !== null && code !== null && offerCode(incident, objectId) === code;
}

type NamedIncident = { readonly incident: Incident; readonly reason: string };

/** Returns the incident whose connector's name or id the text begins with, preferring the longest such name; the rest is the reason. */
function namedAtStart(text: string, incidents: readonly Incident[]): NamedIncident | null {
  const words = text.split(' ');
  for (let length = words.length; length > 0; length--) {
    const name = words.slice(0, length).join(' ');
    const incident = onlyOne(incidents.filter((it) => isCalled(nameable(it), name)));
    if (incident !== null) return { incident, reason: words.slice(length).join(' ') };
  }
  return null;
}

function offer({ incident, reason }: NamedIncident, { objectId }: Sender, locale: Locale): string {
  return offerText(incident, { code: offerCode(incident, objectId ?? ''), reason }, locale);
}

function nameable({ id, connector }: Incident) {
  return { id: connector?.id ?? id, name: connector?.name ?? null };
}

async function endApproval(
  { command: { kind: verb, code: typed, reason }, sender, locale }: TypedDecision<EndApproval>,
  open: readonly Incident[],
  answerClick: AnswerClick,
): Promise<DecisionAnswer> {
  const waiting = open.filter(({ state }) => state === 'awaiting_confirmation');
  if (typed === null) return notUnderstood(waitingText(waiting, verb, locale));
  const code = readCode(typed);
  const coded = waiting.flatMap(({ id, approval }) =>
    approval !== null && isCodeOf(approval, code)
      ? [{ incidentId: id, approvalId: approval.id, ...readBy(approval, code) }]
      : [],
  );
  if (coded.length > 1) return understood(ambiguousCodeText(typed, locale));
  const approval = onlyOne(coded);
  if (approval === null) return notUnderstood(unknownCodeText(typed, waiting, verb, locale));
  return understood(await answerClick(clickOf(verb, approval, reason), sender, locale));
}

/** Returns the revision that the code stands for. After new dangers were found, the new code is shown only beside them. */
function readBy(approval: Approval, code: string | null): { readonly shown?: number } {
  const shown = code === approvalCode(approval) ? shownFrom(approval) : undefined;
  return shown === undefined ? {} : { shown };
}

function clickOf(
  verb: EndApproval['kind'],
  approval: { readonly incidentId: string; readonly approvalId: string; readonly shown?: number },
  text: string | null,
) {
  switch (verb) {
    case 'reject':
      return { verb, ...approval, reason: text };
    case 'ask':
      return { verb, ...approval, question: text ?? '' };
    case 'confirm':
    case 'withdraw':
      return { verb, ...approval };
  }
}

/** A code of an act that no longer waits is sent on too, while its incident is open, to be refused as the button would be. */
async function stopBreakGlass(
  { command: { code: typed }, sender, locale }: TypedDecision<StopBreakGlass>,
  open: readonly Incident[],
  answerClick: AnswerClick,
): Promise<DecisionAnswer> {
  if (typed === null) return notUnderstood(waitingActsText(open, locale));
  const code = readCode(typed);
  const coded = open.flatMap((incident) =>
    incident.breakGlassActs
      .filter((act) => breakGlassCode(act) === code)
      .map((act) => ({ incident, breakGlassId: act.id, waits: waitingAct(incident) === act })),
  );
  const found = onlyOne(coded.filter(({ waits }) => waits)) ?? onlyOne(coded);
  if (found === null) {
    return coded.length > 1
      ? understood(ambiguousActText(typed, locale))
      : notUnderstood(unknownActText(typed, open, locale));
  }
  const click = { verb: 'stop', incidentId: found.incident.id, breakGlassId: found.breakGlassId } as const;
  return understood(await answerClick(click, sender, locale));
}

function onlyOne<T>([first, ...others]: readonly T[]): T | null {
  return first !== undefined && others.length === 0 ? first : null;
}

function understood(text: string): DecisionAnswer {
  return { text, understood: true };
}

function notUnderstood(text: string): DecisionAnswer {
  return { text, understood: false };
}
