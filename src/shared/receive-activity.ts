/** A request that was refused or failed, with the status and code of its response. */
export type Refused = {
  readonly kind: 'refused';
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** For the log only. */
  readonly cause?: unknown;
};

/** The outcome of an activity: a response for Teams, or the reason why it was refused. */
export type Receipt = { readonly kind: 'taken'; readonly status: number; readonly body: unknown } | Refused;

/** The outcome of a caller's authentication: a function that handles one activity, or the reason why the caller was refused. */
type Admission = { readonly kind: 'admitted'; take(activity: unknown): Promise<Receipt> } | Refused;

/**
 * Authenticates a caller by the `Authorization` header alone, then handles one activity. Throws only when the service
 * itself fails.
 */
export type ReceiveActivity = (authorization: string | undefined) => Promise<Admission>;
