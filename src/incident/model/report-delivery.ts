/** The messages to a person who requested a report, in their personal chat or, where there is none, in the card's thread. */
export type ReportMessage =
  | { readonly kind: 'uploaded'; readonly connector: string }
  | { readonly kind: 'declined'; readonly incidentId: string }
  | { readonly kind: 'not_allowed' }
  | { readonly kind: 'upload_failed'; readonly incidentId: string; readonly reason: string }
  /** The response to the upload was lost. */
  | { readonly kind: 'upload_uncertain'; readonly incidentId: string; readonly file: string }
  | { readonly kind: 'no_chat'; readonly incidentId: string; readonly person: string; readonly reason: string };

/** A file in a person's OneDrive, as Teams shows it (Teams: Send and receive files using a bot). */
export type StoredFile = {
  readonly name: string;
  readonly contentUrl: string;
  readonly uniqueId: string;
  readonly fileType: string;
};
