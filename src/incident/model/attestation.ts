import type { Finding } from './finding.ts';
import type { Incident, LinkedAlert, RestrictedConnector } from './incident.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

/** What the card said of the connector when somebody approved. */
export type AttestedFindings = {
  /** How the inbound connector was found; null while no connector is known. */
  readonly match: RestrictedConnector['match'] | null;
  /** When the inbound connector was last changed, ms since the epoch; null when not known. */
  readonly changedAt: number | null;
  /** Whether that was within 7 days before the restriction, or since; null when not known. */
  readonly changedRecently: boolean | null;
  /** The strongest link of any Defender alert to the connector. */
  readonly alertLink: LinkedAlert['link'] | 'none';
};

/** What an approver attested: the words as they were shown, and what was known then. */
export type Attestation = {
  /** BCP 47 language of the card that was ticked; null when the card did not say. */
  readonly language: string | null;
  /** By recommendation id, the text that was beside the checkbox. */
  readonly words: Readonly<Record<string, string>>;
  readonly findings: AttestedFindings;
  /** What the checks had found by then; absent where none had, or of an older version. */
  readonly evidence?: readonly Finding[] | undefined;
};

/** A card's language and what it wrote beside its checkboxes. */
export type CardTexts = Pick<Attestation, 'language' | 'words'>;

/** What is attested now: only the words of what was ticked. */
export function attest(incident: Incident, attested: readonly string[], cardTexts: CardTexts | undefined): Attestation {
  const { language = null, words = {} } = cardTexts ?? {};
  const ticked = attested.flatMap((id) => (words[id] === undefined ? [] : [[id, words[id]] as const]));
  const evidence = incident.findings === undefined ? {} : { evidence: incident.findings };
  return { language, words: Object.fromEntries(ticked), findings: findingsOf(incident), ...evidence };
}

/** What a card says of the connector now. */
export function findingsOf(incident: Incident): AttestedFindings {
  const { connector } = incident;
  return {
    match: connector?.match ?? null,
    changedAt: connector?.changedAt ?? null,
    changedRecently: changedRecently(incident),
    alertLink: strongestLink(incident.alerts),
  };
}

/** Whether the inbound connector was changed within 7 days before its restriction, or since; null when not known. */
export function changedRecently({ connector, openedAt }: Incident): boolean | null {
  if (connector === null || connector.changedAt === null) return null;
  return connector.changedAt > (connector.restrictedSince ?? openedAt) - WEEK_MS;
}

function strongestLink(alerts: readonly LinkedAlert[]): AttestedFindings['alertLink'] {
  const strength = ['named', 'nearness', 'unlinked'] as const;
  return strength.find((link) => alerts.some((alert) => alert.link === link)) ?? 'none';
}
