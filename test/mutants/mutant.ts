/** Where a mutant must be killed, and the time limit for that, ms. */
export const TIERS = { core: 30_000, storage: 180_000, wire: 180_000, service: 300_000 } as const;

export type Tier = keyof typeof TIERS;

export type Replacement = Pick<Mutant, 'file' | 'before' | 'after'>;

/** A small change to a rule that matters, which a test must detect. */
export type Mutant = {
  /** The rule that is broken, in the present tense. */
  readonly name: string;
  readonly rule: string;
  /** Relative to `src/`. */
  readonly file: string;
  /** A text that occurs in the file exactly once. */
  readonly before: string;
  readonly after: string;
  /** Other replacements, where one rule is enforced in several places. */
  readonly also?: readonly Replacement[];
  readonly tier: Tier;
  /** Test files, relative to `test/`. */
  readonly tests: readonly string[];
  /** Runs only tests whose full title contains this. */
  readonly grep?: string;
};

type Change = readonly [
  name: string,
  file: string,
  before: string,
  after: string,
  its?: Partial<Pick<Mutant, 'also' | 'tests' | 'tier' | 'grep'>>,
];

/** Returns all replacements of a mutant. */
export function replacementsOf({ file, before, after, also = [] }: Mutant): readonly Replacement[] {
  return [{ file, before, after }, ...also];
}

/** Creates mutants of one rule that are killed by the same tests, unless a mutant names others. */
export function mutantsOf(
  rule: string,
  { tier, tests, grep }: { readonly tier: Tier; readonly tests: readonly string[]; readonly grep?: string },
  changes: readonly Change[],
): readonly Mutant[] {
  return changes.map(([name, file, before, after, options = {}]) => ({
    ...{ name, rule, file, before, after, tier, tests },
    ...(grep === undefined ? {} : { grep }),
    ...options,
  }));
}
