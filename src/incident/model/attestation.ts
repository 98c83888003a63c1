import type { RestrictedConnector } from './connector.ts';
import type { Finding } from './finding.ts';
import type { LinkedAlert } from './linked-alert.ts';

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
