import type { Tenant } from '../tenant/tenant.ts';
import { until } from '../tenant/until.ts';
import { now } from './now.ts';

const QUIET_MS = 3_000;

/** Waits until no call to Microsoft was made for a while. */
export async function atRest({ record }: Tenant): Promise<void> {
  let seen = { requests: -1, at: now() };
  await until(
    () => {
      if (record.length !== seen.requests) seen = { requests: record.length, at: now() };
      return now() - seen.at >= QUIET_MS;
    },
    { what: 'nothing more sent to Microsoft', everyMs: 100, timeoutMs: 60_000 },
  );
}
