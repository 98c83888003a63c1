import { MUTANTS } from './all.ts';
import { type Mutant, replacementsOf, TIERS } from './mutant.ts';

const INTRODUCTION = `# Mutants

A test suite is worth what it detects. \`npm run mutants\` makes a copy of the repository, breaks one rule at a time by a small change (a *mutant*), and runs the tests that must
detect it: each mutant has to be killed by a test of its tier within the tier's time limit. The same tests first run without the mutant, so that a test that fails anyway does not count.

The mutants are in \`test/mutants/rules/\`: the file, the text and its replacement. \`test/mutants/mutants.test.ts\` fails when a text is no longer in its file exactly once, so
a change to a rule has to update its mutant. \`npm run mutants -- --only <text>\` tries some of them, \`--tier core\` those of the pure core, \`--share 1/4\` every fourth;
\`npm run mutants -- --write\` tries all and writes this page. \`.ci/run\` tries those of the core.

StrykerJS is not used: it mutates the operators in the code, not the rules of the product, and would run this suite, with its databases and services, for each of
thousands of mutants. A list that names each rule is short, and shows what is lost when one survives.
`;

/** Returns the content of `docs/mutants.md`. */
export function pageOf(): string {
  const tiers = Object.entries(TIERS).map(([tier, ms]) => `\`${tier}\` ${ms / 1000} s`);
  const rows = MUTANTS.map((it) => `| ${it.rule} | ${it.name} | ${filesOf(it)} | ${it.tier} | ${testsOf(it)} |`);
  return `${INTRODUCTION}
${MUTANTS.length} mutants. Time limits of the tiers: ${tiers.join(', ')}.

| rule | mutant | in \`src/\` | tier | killed by, in \`test/\` |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function filesOf(mutant: Mutant): string {
  return [...new Set(replacementsOf(mutant).map(({ file }) => `\`${file}\``))].join(' ');
}

function testsOf({ tests }: Mutant): string {
  return tests.map((file) => `\`${file}\``).join(' ');
}
