import { exchangeTime } from './connectors.ts';
import { attackersConnector, hijackedServer, volumeJump } from './mail-stories.ts';
import type { Tenant } from './tenant.ts';

const HOUR_MS = 3_600_000;
const OPTIONAL = ['ThreatHunting.Read.All', 'ExchangeMessageTrace.Read.All', 'IdentityRiskyUser.Read.All'];

/** A well-kept connector of one server with a certificate of its own. */
const WELL_KEPT = { SenderIPAddresses: ['192.0.2.10'], TlsSenderCertificateName: 'mail1.simulated.example' };

/** What can have happened when Exchange restricts a connector; each ends with the restriction. */
export const STORIES = {
  /** A newsletter in one hour, from the usual server and of the tenant's own domain. */
  honest(tenant: Tenant, name: string) {
    grantAll(tenant);
    tenant.exchange.addConnector(name, WELL_KEPT);
    volumeJump(tenant.mail, name, Date.now() - HOUR_MS / 6);
    tenant.exchange.restrict(name);
  },

  /** Somebody sends spam of foreign domains through the usual server. */
  hijacked(tenant: Tenant, name: string) {
    grantAll(tenant);
    tenant.exchange.addConnector(name, WELL_KEPT);
    hijackedServer(tenant.mail, name, Date.now() - HOUR_MS / 6);
    tenant.exchange.restrict(name);
  },

  /** An account at risk made a connector for any server with a certificate, and sent through it at once. */
  attacker(tenant: Tenant, name: string) {
    grantAll(tenant);
    const at = Date.now() - 5 * HOUR_MS;
    const made = { WhenCreatedUTC: exchangeTime(at), WhenChangedUTC: exchangeTime(at) };
    tenant.exchange.addConnector(name, { ...made, TlsSenderCertificateName: '*.invoice-portal.example' });
    const { outsider } = tenant.people;
    const by = { by: outsider.userPrincipalName, address: '203.0.113.66' };
    tenant.exchange.auditLog.write({ ...by, operation: 'New-InboundConnector', name, parameters: { Name: name }, at });
    tenant.risks.users.set(outsider.aadObjectId, { riskLevel: 'high', riskState: 'atRisk' });
    attackersConnector(tenant.mail, name, Date.now() - HOUR_MS / 6);
    tenant.exchange.restrict(name);
  },

  /** The same newsletter, in a tenant that grants the app nothing but what it cannot do without. */
  blind(tenant: Tenant, name: string) {
    for (const cmdlet of ['Search-UnifiedAuditLog', 'Get-AcceptedDomain', 'Get-DkimSigningConfig'])
      tenant.exchange.answerCmdlet(cmdlet, undefined);
    tenant.exchange.addConnector(name, WELL_KEPT);
    volumeJump(tenant.mail, name, Date.now() - HOUR_MS / 6);
    tenant.exchange.restrict(name);
  },
} as const;

function grantAll({ permissions }: Tenant): void {
  for (const permission of OPTIONAL) permissions.grant(permission);
}
