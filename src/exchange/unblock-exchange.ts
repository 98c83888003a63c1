import type { Connectors } from './connectors.ts';
import type { Unblock } from './unblock.ts';

/** Mode `exchange`: runs `Remove-BlockedConnector` through the admin API. */
export function createUnblockExchange({ unblock }: Pick<Connectors, 'unblock'>): Unblock {
  return async ({ connectorId, reason }) => ({ ...(await unblock(connectorId, reason)), done: 'asked' });
}
