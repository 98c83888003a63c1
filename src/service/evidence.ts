import type { Config } from '../config/config.ts';
import { createSendersCheck } from '../evidence/checks/senders.ts';
import { createTrafficCheck } from '../evidence/checks/traffic.ts';
import { whoMaySend } from '../evidence/checks/who-may-send.ts';
import { createGather, type Gather } from '../evidence/gather.ts';
import { createReadTraffic } from '../evidence/traffic/read-traffic.ts';
import { createAcceptedDomains } from '../microsoft/exchange/accepted-domains.ts';
import type { ExchangeClient } from '../microsoft/exchange/client.ts';
import { createTrafficClients, type TrafficAccess } from './traffic-clients.ts';

type EvidenceAccess = TrafficAccess & { readonly exchange: ExchangeClient };

/** Every check, with the clients it reads through. */
export function createEvidence(config: Config, access: EvidenceAccess): Gather {
  const { db, clock, log } = access;
  const readTraffic = createReadTraffic({ db, clock, clients: createTrafficClients(config, access) });
  const checks = [
    createTrafficCheck(readTraffic),
    createSendersCheck(readTraffic, createAcceptedDomains(access.exchange)),
    whoMaySend,
  ];
  return createGather({ checks, clock, log });
}
