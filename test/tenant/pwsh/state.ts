/** Faults of the process itself; faults of Exchange are those of the tenant. */
export type Misbehaviour =
  | 'banner'
  | 'hang-before-connecting'
  | 'hang-with-a-child-that-holds-the-pipes'
  | 'end-before-calling'
  | 'end-after-acting'
  | 'speak-nonsense';

/** The machine that the simulated PowerShell is installed on, and the tenant it reaches. */
export type State = {
  readonly powershell: string;
  /** Null when not installed. */
  readonly module: string | null;
  readonly organization: string;
  readonly environment: string;
  readonly exchange: string;
  readonly tenantId: string;
  /** Each happens as often as it is listed. */
  readonly misbehaviours: readonly Misbehaviour[];
};

/** One start of the process, without the token. */
export type Run = {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly document: Readonly<Record<string, unknown>>;
};
