import type { CheckId, Status } from '../../../../src/doctor/finding.ts';
import type { Settings, WellTenant } from '../well-tenant.ts';

/** One thing that is broken, and all that the doctor should say of it. */
export type Breakage = {
  readonly broken: string;
  readonly id: CheckId;
  readonly status: Extract<Status, 'warning' | 'failed'>;
  readonly says: RegExp;
  readonly todo: RegExp;
  readonly settings?: Settings;
  readonly ahead?: number;
  /** It shows only in tokens that are issued afterwards. */
  readonly inTokens?: true;
  readonly breaks?: (well: WellTenant) => unknown;
};
