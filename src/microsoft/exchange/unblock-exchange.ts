import type { Connectors } from './connectors.ts';
import type { Unblock } from './unblock.ts';

/** Modes `exchange` and `powershell`, which differ only in the client: run `Remove-BlockedConnector`. */
export function createUnblockExchange({ unblock }: Pick<Connectors, 'unblock'>): Unblock {
  return async ({ connectorId, reason }) => ({ ...(await unblock(connectorId, reason)), done: 'asked' });
}
