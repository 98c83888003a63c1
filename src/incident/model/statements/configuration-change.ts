/** One setting that differs, each value as text. */
type SettingChange = { readonly property: string; readonly before: string; readonly after: string };

/** Who did it, as the audit log names them, and from which address; null where it does not say. */
type Author = { readonly by: string | null; readonly address: string | null };

/** Whether the connector is what it was. Times in ms since the epoch. */
export type ConfigurationChangeStatements = {
  /** The last change, `beforeMs` before the restriction. */
  readonly changed_before_restriction: Author & { readonly at: number; readonly beforeMs: number };
  readonly changed_after_restriction: Author & { readonly at: number };
  /** In peace time. */
  readonly changed_lately: Author & { readonly at: number };
  readonly created_before_restriction: Author & { readonly at: number; readonly beforeMs: number };
  /** The audit log goes back to before the connector was created and has no record of it. */
  readonly creation_not_recorded: { readonly createdAt: number };
  /** Against the settings it had at `knownAt`; the first few of `count`. */
  readonly settings_differ: {
    readonly changes: readonly SettingChange[];
    readonly count: number;
    readonly knownAt: number;
  };
  readonly unchanged_since: { readonly at: number };
  readonly change_time_unknown: Record<never, never>;
};
