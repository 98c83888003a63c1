/** One setting that differs, each value as text. */
type SettingChange = { readonly property: string; readonly before: string; readonly after: string };

/** The author of a change as the audit log names it, and the client's address; null when the log has none. */
type Author = { readonly by: string | null; readonly address: string | null };

/** Statements about changes of the connector. Times are in ms since the epoch. */
export type ConfigurationChangeStatements = {
  /** The last change, `beforeMs` before the restriction. */
  readonly changed_before_restriction: Author & { readonly at: number; readonly beforeMs: number };
  readonly changed_after_restriction: Author & { readonly at: number };
  /** A recent change outside an incident. */
  readonly changed_lately: Author & { readonly at: number };
  readonly created_before_restriction: Author & { readonly at: number; readonly beforeMs: number };
  /** The audit log covers the connector's creation and has no record of it. */
  readonly creation_not_recorded: { readonly createdAt: number };
  /** Differences from the settings it had at `knownAt`: the first few of `count`. */
  readonly settings_differ: {
    readonly changes: readonly SettingChange[];
    readonly count: number;
    readonly knownAt: number;
  };
  readonly unchanged_since: { readonly at: number };
  readonly change_time_unknown: Record<never, never>;
};
