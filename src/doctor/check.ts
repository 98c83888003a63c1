import type { Config } from '../config/config.ts';
import type { Connections } from './connections.ts';
import type { CheckId, Found } from './finding.ts';
import type { Strings } from './locales/strings.ts';

/** What a check reads from. */
export type CheckContext = {
  readonly config: Config;
  readonly connections: Connections;
  readonly clock: () => number;
  readonly strings: Strings;
};

/** Examines one thing without changing it. An error that it throws becomes a finding. */
export type Examine = (context: CheckContext) => Promise<Found | readonly Found[]>;

export type Check = {
  readonly id: CheckId;
  /** Checks that must succeed before this one runs. */
  readonly needs: readonly CheckId[];
  readonly examine: Examine;
  /** The status when the check failed to run or exceeded its deadline. */
  readonly unexamined: 'warning' | 'failed';
};
