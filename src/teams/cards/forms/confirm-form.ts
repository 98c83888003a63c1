import type { Approval } from '../../../incident/model/approval.ts';
import { findingsOf } from '../../../incident/model/attest.ts';
import type { Attestation, AttestedFindings } from '../../../incident/model/attestation.ts';
import { changedFindings, type FindingChange } from '../../../incident/model/finding.ts';
import type { Incident } from '../../../incident/model/incident.ts';
import { RECOMMENDATIONS, type Recommendation } from '../../../incident/model/recommendations.ts';
import { type Locale, type Strings, strings } from '../../locales/locale.ts';
import { attestedLines } from '../approval-section.ts';
import { eventLine, findingLine, foundLine, type Line, linkLine, plainLine, textLine } from '../card-lines.ts';
import { MAX_REASON, MAX_TEXT } from '../card-text.ts';
import { statementOnCard } from '../finding-text.ts';
import { findingLines } from '../findings-section.ts';
import { restrictedEntities } from '../links.ts';
import type { View } from '../view.ts';
import { type Data, type Form, formOf, type Step } from './form.ts';
import { pageLines } from './page-lines.ts';

type CardStrings = Strings['cards'];

/**
 * Creates the form for a confirmation: the reason, what was attested, what the approval showed beside the current findings, and
 * the pages with the evidence.
 */
export function confirmForm(incident: Incident, approval: Approval, data: Data, view: View): Form {
  const { locale, cloud } = view;
  const { cards } = strings(locale);
  const { attestation } = approval;
  return formOf({
    title: cards.forms.confirm,
    style: 'positive',
    lines: [
      plainLine(cards.confirmTitle),
      textLine(cards.approval.reason, approval.reason, MAX_REASON),
      ...(attestation === null ? [] : comparedLines(attestation, incident, locale)),
      ...attestedLines(approval, cards),
      ...linkLine(cards.portal, restrictedEntities(cloud)),
    ],
    steps: [
      ...RECOMMENDATIONS.flatMap((id) => pagesOf(id, incident, view)),
      {
        title: '',
        lines: [],
        boxes: [{ id: 'evidence_reviewed', title: cards.evidenceReviewed, error: cards.toggleError }],
      },
    ],
    verb: 'confirm',
    send: cards.actions.confirm,
    data,
  });
}

/** Returns the pages on which the second admin can carry out a recommendation as the first one did; nothing where none is known. */
function pagesOf(id: Recommendation, incident: Incident, view: View): readonly Step[] {
  const lines = pageLines(id, incident, view);
  return lines.length === 0 ? [] : [{ title: strings(view.locale).cards.steps[id], lines, boxes: [] }];
}

/** Returns what differs between the approval and now, followed by what was shown at the approval. */
function comparedLines(
  { findings: then, evidence = [] }: Attestation,
  incident: Incident,
  locale: Locale,
): readonly Line[] {
  const { cards } = strings(locale);
  const { approval } = cards;
  const now = findingsOf(incident);
  const { findings = [] } = incident;
  const changed = then.changedAt === now.changedAt ? [] : [findingLine('bad', approval.changedSince, MAX_TEXT)];
  const others = [
    ...(then.match === now.match
      ? []
      : [approval.match(approval.thenNow(matchText(then, cards), matchText(now, cards)))]),
    ...(then.alertLink === now.alertLink
      ? []
      : [
          approval.alertLink(approval.thenNow(approval.alertLinks[then.alertLink], approval.alertLinks[now.alertLink])),
        ]),
  ].map((text) => findingLine('concern', text, MAX_TEXT));
  const changes = changedFindings(evidence, findings);
  const found = changes.flatMap((change) => changeLines(change, locale));
  const unchanged = findings.filter((finding) => changes.every(({ now: changedNow }) => changedNow !== finding));
  const differences = [...changed, ...found, ...others];
  const none = differences.length === 0 ? [findingLine('good', approval.same, MAX_TEXT)] : [];
  const known = [plainLine(approval.known), ...knownLines(then, now, cards)];
  return [...differences, ...none, ...findingLines(unchanged, locale), ...known];
}

/** Returns the result of one check now, and below it that at the approval. */
function changeLines({ before, now }: FindingChange, locale: Locale): readonly Line[] {
  const { asApproved, checks } = strings(locale).findings;
  const found = foundLine(now.verdict, `${checks[now.check]}: ${statementOnCard(now.statements[0], locale)}`);
  return before === null ? [found] : [found, plainLine(statementOnCard(before.statements[0], locale), asApproved)];
}

function matchText({ match }: AttestedFindings, { matches, unknownConnector }: CardStrings): string {
  return match === null ? unknownConnector : matches[match];
}

/** Returns what the approval showed, without what is shown above because it has changed. */
function knownLines(findings: AttestedFindings, now: AttestedFindings, cards: CardStrings): readonly Line[] {
  const { changedAt, changedRecently, match, alertLink } = findings;
  const { approval } = cards;
  const change = approval.lastChange[changedRecently === null ? 'unknown' : changedRecently ? 'recent' : 'old'];
  return [
    changedAt === null ? plainLine(change) : eventLine(change, MAX_TEXT, changedAt),
    ...(match === now.match ? [plainLine(approval.match(matchText(findings, cards)))] : []),
    ...(alertLink === now.alertLink ? [plainLine(approval.alertLink(approval.alertLinks[alertLink]))] : []),
  ];
}
