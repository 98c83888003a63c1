import type { Mutant } from './mutant.ts';
import { breakGlass } from './rules/break-glass.ts';
import { call } from './rules/call.ts';
import { configuration } from './rules/configuration.ts';
import { findings } from './rules/findings.ts';
import { people } from './rules/people.ts';
import { storage } from './rules/storage.ts';
import { tokens } from './rules/tokens.ts';
import { twoPeople } from './rules/two-people.ts';

export const MUTANTS: readonly Mutant[] = [
  ...twoPeople,
  ...configuration,
  ...call,
  ...breakGlass,
  ...people,
  ...tokens,
  ...storage,
  ...findings,
];
