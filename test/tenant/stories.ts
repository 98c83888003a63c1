import { exchangeTime } from './connectors.ts';
import { attackersConnector, hijackedServer, volumeJump } from './mail-stories.ts';
import type { Tenant } from './tenant.ts';

const HOUR_MS = 3_600_000;
const OPTIONAL = ['ThreatHunting.Read.All', 'ExchangeMessageTrace.Read.All', 'IdentityRiskyUser.Read.All'];

/** A well-configured connector with one server and its own certificate. */
const WELL_KEPT = { SenderIPAddresses: ['192.0.2.10'], TlsSenderCertificateName: 'mail1.simulated.example' };

/** Possible histories of a restricted connector; each ends with the restriction. */
export const STORIES = {
  /** A newsletter within one hour, from the usual server and the tenant's own domain. */
  honest(tenant: Tenant, name: string) {
    grantOptional(tenant);
    tenant.exchange.addConnector(name, WELL_KEPT);
    volumeJump(tenant.mail, name, Date.now() - HOUR_MS / 6);
    tenant.exchange.restrict(name);
  },

  /** An attacker sends spam from foreign domains through the usual server. */
  hijacked(tenant: Tenant, name: string) {
    grantOptional(tenant);
    tenant.exchange.addConnector(name, WELL_KEPT);
    hijackedServer(tenant.mail, name, Date.now() - HOUR_MS / 6);
    tenant.exchange.restrict(name);
  },

  /** An account at risk created a connector for any server with a certificate, and immediately sent mail through it. */
  attacker(tenant: Tenant, name: string) {
    grantOptional(tenant);
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

  /** The same newsletter, in a tenant that grants the app only the permissions it requires. */
  blind(tenant: Tenant, name: string) {
    for (const cmdlet of ['Search-UnifiedAuditLog', 'Get-AcceptedDomain', 'Get-DkimSigningConfig'])
      tenant.exchange.answerCmdlet(cmdlet, undefined);
    tenant.exchange.addConnector(name, WELL_KEPT);
    volumeJump(tenant.mail, name, Date.now() - HOUR_MS / 6);
    tenant.exchange.restrict(name);
  },
} as const;

/** Grants the app the permissions that only findings need. */
export function grantOptional({ permissions }: Tenant): void {
  for (const permission of OPTIONAL) permissions.grant(permission);
}
