import type { Config } from '../config/config.ts';
import { createDns } from '../dns/resolver.ts';
import { createReadReverseName } from '../dns/reverse-name.ts';
import type { RunnableCheck } from '../evidence/check.ts';
import { createAccountsCheck } from '../evidence/checks/accounts.ts';
import { createConfigurationChangeCheck } from '../evidence/checks/configuration-change.ts';
import { createEarlierRestrictionsCheck } from '../evidence/checks/earlier-restrictions.ts';
import { createReadEdits } from '../evidence/checks/edits.ts';
import { createSenderAuthenticationCheck } from '../evidence/checks/sender-authentication.ts';
import { createSendersCheck } from '../evidence/checks/senders.ts';
import { createSendingAddressesCheck } from '../evidence/checks/sending-addresses.ts';
import { createServerExposureCheck } from '../evidence/checks/server-exposure.ts';
import { createTrafficCheck } from '../evidence/checks/traffic.ts';
import { whoMaySend } from '../evidence/checks/who-may-send.ts';
import { createGather, type Gather } from '../evidence/gather.ts';
import { exchangeSpf } from '../evidence/mail-authentication/exchange-spf.ts';
import { createReadMailSeen } from '../evidence/traffic/mail-seen.ts';
import { createReadTraffic } from '../evidence/traffic/read-traffic.ts';
import { MINUTE_MS } from '../incident/model/duration.ts';
import { createAcceptedDomains } from '../microsoft/exchange/accepted-domains.ts';
import { createDkimSigning } from '../microsoft/exchange/dkim-signing.ts';
import type { Runtime } from '../shared/runtime.ts';
import { sharedReading } from '../shared/shared-readings.ts';
import { listConfigurations } from '../storage/connector-history.ts';
import type { Db } from '../storage/database.ts';
import { readEarlierRestrictions } from '../storage/earlier-restrictions.ts';
import type { Microsoft365 } from './microsoft-365.ts';
import { createTrafficClients } from './traffic-clients.ts';

type Dependencies = {
  readonly runtime: Runtime;
  readonly db: Db;
  readonly microsoft365: Pick<Microsoft365, 'credential' | 'exchange' | 'readConnectorEdits' | 'accounts' | 'shapes'>;
};

/** The timeout of one attempt; a lookup makes at most two. */
const DNS_TIMEOUT_MS = 2_000;

/** Creates every check with its clients. */
export function createEvidence(config: Config, dependencies: Dependencies): Gather {
  const { clock, log } = dependencies.runtime;
  const checks = [...mailChecks(config, dependencies), ...connectorChecks(dependencies)];
  return createGather({ checks, clock, log });
}

/** Creates the checks of a connector's mail and of the senders' DNS records. */
function mailChecks(config: Config, { runtime, db, microsoft365 }: Dependencies): readonly RunnableCheck[] {
  const { clock, log, fetch } = runtime;
  const { credential, exchange, shapes } = microsoft365;
  const clients = createTrafficClients(config, { db, credential, fetch, clock, log, shapes });
  const readTraffic = createReadTraffic({ db, clock, clients });
  const listAcceptedDomains = sharedReading(createAcceptedDomains(exchange), MINUTE_MS, clock);
  const dns = createDns({ servers: config.dnsServers, timeoutMs: DNS_TIMEOUT_MS, clock });
  const mail = { dns, readMailSeen: createReadMailSeen(readTraffic) };
  const domains = {
    listAcceptedDomains,
    listDkimSigning: sharedReading(createDkimSigning(exchange), MINUTE_MS, clock),
  };
  const spf = exchangeSpf(config.cloud);
  return [
    createTrafficCheck(readTraffic),
    createSendersCheck(readTraffic, listAcceptedDomains),
    createSendingAddressesCheck(readTraffic, createReadReverseName(dns)),
    ...(spf === null ? [] : [createSenderAuthenticationCheck({ ...mail, ...domains, exchange: spf })]),
    createServerExposureCheck({ ...mail, blockLists: config.dnsBlockLists }),
  ];
}

/** Creates the checks of a connector's configuration, its history and the author of its changes. */
function connectorChecks({ db, microsoft365 }: Dependencies): readonly RunnableCheck[] {
  const readEdits = createReadEdits(microsoft365.readConnectorEdits);
  return [
    whoMaySend,
    createConfigurationChangeCheck({ listConfigurations: (id) => listConfigurations(db, id), readEdits }),
    createAccountsCheck({ ...microsoft365.accounts, readEdits }),
    createEarlierRestrictionsCheck((id, except) => readEarlierRestrictions(db, id, except)),
  ];
}
