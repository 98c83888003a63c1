import type { Config } from '../config/config.ts';
import { createSendersCheck } from '../evidence/checks/senders.ts';
import { createTrafficCheck } from '../evidence/checks/traffic.ts';
import { whoMaySend } from '../evidence/checks/who-may-send.ts';
import { createGather, type Gather } from '../evidence/gather.ts';
import { createReadTraffic } from '../evidence/traffic/read-traffic.ts';
import { createAcceptedDomains } from '../microsoft/exchange/accepted-domains.ts';
import type { Runtime } from '../shared/runtime.ts';
import type { Db } from '../storage/database.ts';
import type { Microsoft365 } from './microsoft-365.ts';
import { createTrafficClients } from './traffic-clients.ts';

type Dependencies = {
  readonly runtime: Runtime;
  readonly db: Db;
  readonly microsoft365: Pick<Microsoft365, 'credential' | 'exchange'>;
};

/** Every check, with the clients it reads through. */
export function createEvidence(config: Config, { runtime, db, microsoft365 }: Dependencies): Gather {
  const { clock, log, fetch } = runtime;
  const { credential, exchange } = microsoft365;
  const clients = createTrafficClients(config, { db, credential, fetch, clock, log });
  const readTraffic = createReadTraffic({ db, clock, clients });
  const checks = [
    createTrafficCheck(readTraffic),
    createSendersCheck(readTraffic, createAcceptedDomains(exchange)),
    whoMaySend,
  ];
  return createGather({ checks, clock, log });
}
