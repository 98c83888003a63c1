import type { TokenCredential } from '@azure/identity';
import type { Config } from './config.ts';
import { createCredential } from './credential.ts';
import { createConnectorEdits, type ListConnectorEdits } from './evidence/connector-edits.ts';
import { createExchangeClient } from './exchange/client.ts';
import { type Connectors, createConnectors } from './exchange/connectors.ts';
import type { Unblock } from './exchange/unblock.ts';
import { createUnblockDryRun } from './exchange/unblock-dry-run.ts';
import { createUnblockExchange } from './exchange/unblock-exchange.ts';
import { unblockManual } from './exchange/unblock-manual.ts';
import { type Alerts, createAlerts } from './graph/alerts.ts';
import { createGraphClient } from './graph/client.ts';
import { createDirectory, type Directory } from './graph/directory.ts';
import { createSubscriptions, type Subscriptions } from './graph/subscriptions.ts';
import type { Log } from './log.ts';

/** Microsoft's services, ready to be called with the one identity the service has. */
export type Microsoft365 = {
  readonly credential: TokenCredential;
  readonly connectors: Connectors;
  readonly alerts: Alerts;
  readonly subscriptions: Subscriptions;
  readonly directory: Directory;
  readonly unblock: Unblock;
  readonly listConnectorEdits: ListConnectorEdits;
};

type Outside = {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: () => number;
  readonly random: () => number;
  readonly log: Log;
};

const TIMEOUT_MS = 20_000;

export function createMicrosoft365(config: Config, { fetch, clock, log }: Outside): Microsoft365 {
  const credential = createCredential(config);
  const access = { credential, fetch, clock, log, timeoutMs: TIMEOUT_MS };
  const graph = createGraphClient({ ...access, ...config.graph });
  const exchange = createExchangeClient({ ...access, ...config.exchange, tenantId: config.tenantId });
  const connectors = createConnectors(exchange);
  return {
    credential,
    connectors,
    alerts: createAlerts(graph),
    subscriptions: createSubscriptions(graph),
    directory: createDirectory(graph, { groupId: config.approverGroupId }),
    listConnectorEdits: createConnectorEdits(exchange),
    unblock: unblockFor(config.unblockMode, connectors, log),
  };
}

function unblockFor(mode: Config['unblockMode'], connectors: Connectors, log: Log): Unblock {
  switch (mode) {
    case 'exchange':
      return createUnblockExchange(connectors);
    case 'manual':
      return unblockManual;
    case 'dry-run':
      return createUnblockDryRun(log);
  }
}
