/** Where a mutant must be killed, and how long that may take, ms. */
export const TIERS = { core: 30_000, storage: 180_000, wire: 180_000, service: 300_000 } as const;

export type Tier = keyof typeof TIERS;

export type Replacement = Pick<Mutant, 'file' | 'before' | 'after'>;

/** A small change to a rule that matters, which some test must notice. */
export type Mutant = {
  /** The rule that is no longer kept, in the present tense. */
  readonly name: string;
  readonly rule: string;
  /** Under `src/`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly before: string;
  readonly after: string;
  /** What has to change with it, where one rule is kept in several places. */
  readonly also?: readonly Replacement[];
  readonly tier: Tier;
  /** Test files under `test/`. */
  readonly tests: readonly string[];
  /** Only tests whose full title has this. */
  readonly grep?: string;
};

type Change = readonly [
  name: string,
  file: string,
  before: string,
  after: string,
  its?: Partial<Pick<Mutant, 'also' | 'tests' | 'tier' | 'grep'>>,
];

/** All that a mutant changes. */
export function replacementsOf({ file, before, after, also = [] }: Mutant): readonly Replacement[] {
  return [{ file, before, after }, ...also];
}

/** Mutants of one rule, which the same tests kill unless a mutant says otherwise. */
export function mutantsOf(
  rule: string,
  { tier, tests, grep }: { readonly tier: Tier; readonly tests: readonly string[]; readonly grep?: string },
  changes: readonly Change[],
): readonly Mutant[] {
  return changes.map(([name, file, before, after, its = {}]) => ({
    ...{ name, rule, file, before, after, tier, tests },
    ...(grep === undefined ? {} : { grep }),
    ...its,
  }));
}
