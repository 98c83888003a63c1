import type { Alerts } from './alerts.ts';
import { createAuditLog } from './audit-log.ts';
import { createConnectors } from './connectors.ts';
import { exchangeService } from './exchange.ts';
import type { AnswerOptions } from './exchange-answers.ts';
import { type CmdletOptions, exchangeCmdlets } from './exchange-cmdlets.ts';
import { createExchangeControl } from './exchange-control.ts';
import { createRestrictions } from './restrictions.ts';
import type { Ground } from './tenant-ground.ts';
import type { Call } from './wire.ts';

/** Names of the connectors that every simulated tenant starts with. */
export const SEED_CONNECTORS = { relay: 'Head office relay', scanner: '工場スキャナー中継', partner: 'Partner EDI' };

export async function openExchange(ground: Ground, alerts: Alerts) {
  const { now, application } = ground;
  const connectors = createConnectors(now);
  connectors.add(SEED_CONNECTORS.relay, { SenderIPAddresses: ['192.0.2.10', '192.0.2.11'] });
  connectors.add(SEED_CONNECTORS.scanner, { SenderIPAddresses: ['198.51.100.0/28'], Comment: '2F スキャナー' });
  connectors.add(SEED_CONNECTORS.partner, { ConnectorType: 'Partner', SenderDomains: ['smtp:partner.example;1'] });
  const restrictions = createRestrictions(now);
  const options: CmdletOptions = {
    removeAnswer: 'empty-list',
    domains: [{ domain: 'simulated.example', dkim: true }],
  };
  const auditLog = createAuditLog(now, application.tenantId);
  const cmdlets = exchangeCmdlets({ auditLog, connectors, restrictions, options });
  const isGenuine = ground.tokenCheck(application.resources.exchange);
  // Without the permission, Exchange responds with 401, as to a token for another audience; live (rknightion/graph2otel,
  // internal/exoclient).
  const tokenOk = async (call: Call) => (await isGenuine(call)) && application.permissions.has('Exchange.ManageAsApp');
  const answers: AnswerOptions = { warnings: [], redirect: false, anchor: 'taken' };
  const parts = { tenantId: application.tenantId, cmdlets, answers, tokenOk };
  const { origin: ownHost } = await ground.open(exchangeService(parts));
  const endpoint = await ground.open(exchangeService({ ...parts, ownHost }));
  const shelf = { auditLog, connectors, restrictions, alerts };
  const exchange = createExchangeControl({ ...shelf, cmdlets, options, answers, now });
  return { exchange, origin: endpoint.origin };
}
