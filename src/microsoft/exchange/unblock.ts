import type { Config } from '../../config/config.ts';
import type { Log } from '../../shared/log.ts';
import type { Connectors } from './connectors.ts';

/** Lifts a restriction. Throws an UpstreamError whose `effect` says whether Exchange may have acted. */
export type Unblock = (request: UnblockRequest) => Promise<UnblockResult>;

type UnblockRequest = { readonly connectorId: string; readonly reason: string };

type UnblockResult = {
  readonly requestId: string | null;
  /** Whether this was a dry run, so that nothing will happen. */
  readonly notCalled: boolean;
};

/** Creates the unblock of a mode. Modes `exchange` and `powershell` differ only in the client of Exchange. */
export function createUnblock(
  mode: Config['unblockMode'],
  { unblock }: Pick<Connectors, 'unblock'>,
  log: Log,
): Unblock {
  switch (mode) {
    case 'exchange':
    case 'powershell':
      return async ({ connectorId, reason }) => ({ ...(await unblock(connectorId, reason)), notCalled: false });
    case 'manual':
      // The card shows the command for a person to run, and the service waits for its effect.
      return async () => ({ requestId: null, notCalled: false });
    case 'dry-run':
      return async ({ connectorId, reason }) => {
        log.info(
          { event: 'unblock_dry_run', cmdlet: 'Remove-BlockedConnector', connectorId, reason },
          'dry run: Exchange is not called',
        );
        return { requestId: null, notCalled: true };
      };
  }
}
