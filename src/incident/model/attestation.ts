import type { RestrictedConnector } from './connector.ts';
import type { Finding } from './finding.ts';
import type { LinkedAlert } from './linked-alert.ts';

/** What the card showed about the connector at the approval. */
export type AttestedFindings = {
  /** How the inbound connector was found; null while no connector is known. */
  readonly match: RestrictedConnector['match'] | null;
  /** When the inbound connector was last changed, ms since the epoch; null when unknown. */
  readonly changedAt: number | null;
  /** Whether that was within 7 days before the restriction, or since; null when unknown. */
  readonly changedRecently: boolean | null;
  /** The strongest link of any Defender alert to the connector. */
  readonly alertLink: LinkedAlert['link'] | 'none';
};

/** What an approver attested: the texts that were shown, and the findings at that time. */
export type Attestation = {
  /** The language of the ticked card (BCP 47); null when the card has none. */
  readonly language: string | null;
  /** The text beside each ticked checkbox, by recommendation id. */
  readonly words: Readonly<Record<string, string>>;
  readonly findings: AttestedFindings;
  /** The findings at that time; absent when there were none, and in attestations of an older version. */
  readonly evidence?: readonly Finding[] | undefined;
};

/** A card's language and the texts beside its checkboxes. */
export type CardTexts = Pick<Attestation, 'language' | 'words'>;
