import type { Log } from '../../shared/log.ts';
import type { Unblock } from './unblock.ts';

/** Mode `dry-run`: logs the cmdlet that mode `exchange` would run. */
export function createUnblockDryRun(log: Log): Unblock {
  return async ({ connectorId, reason }) => {
    log.info(
      { event: 'unblock_dry_run', cmdlet: 'Remove-BlockedConnector', connectorId, reason },
      'dry run: Exchange is not called',
    );
    return { requestId: null, done: 'not_called' };
  };
}
