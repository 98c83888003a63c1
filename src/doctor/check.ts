import type { Config } from '../config/config.ts';
import type { Connections } from './connections.ts';
import type { CheckId, Found } from './finding.ts';
import type { Strings } from './locales/strings.ts';

/** What a check has to go by. */
export type CheckContext = {
  readonly config: Config;
  readonly connections: Connections;
  readonly clock: () => number;
  readonly strings: Strings;
};

/** Looks at one thing, without changing any. What it throws is reported as a finding. */
export type Examine = (context: CheckContext) => Promise<Found | readonly Found[]>;

export type Check = {
  readonly id: CheckId;
  /** Checks of other things that this one cannot do without. */
  readonly needs: readonly CheckId[];
  readonly examine: Examine;
  /** What it means when the thing could not be looked at. */
  readonly unexamined: 'warning' | 'failed';
};
