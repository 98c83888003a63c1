import { EXCHANGE_ADMINISTRATOR } from '../../../tenant/role-assignments.ts';
import type { Breakage } from './breakage.ts';

export const MICROSOFT: readonly Breakage[] = [
  {
    broken: 'no role to read restrictions',
    id: 'blocked_connectors',
    status: 'failed',
    says: /refuses Get-BlockedConnector.*role.*unknown/,
    todo: /Security Reader.*Get-ManagementRoleEntry "\*\\Get-BlockedConnector"/,
    breaks: ({ tenant }) => tenant.exchange.answerCmdlet('Get-BlockedConnector', undefined),
  },
  {
    broken: 'a list of restrictions that is cut short',
    id: 'blocked_connectors',
    status: 'warning',
    says: /not complete.*more results/i,
    todo: /nothing counts as not restricted/,
    breaks: ({ tenant }) =>
      tenant.faults.add({
        ...{ service: 'exchange', match: 'Get-BlockedConnector', kind: 'truncate', keep: 0, times: 'until-cleared' },
      }),
  },
  {
    broken: 'no role to read connectors',
    id: 'inbound_connectors',
    status: 'failed',
    says: /refuses Get-InboundConnector/,
    todo: /Global Reader/,
    breaks: ({ tenant }) => tenant.exchange.answerCmdlet('Get-InboundConnector', undefined),
  },
  {
    broken: 'no role to unblock',
    id: 'unblock',
    status: 'warning',
    says: /does not offer Remove-BlockedConnector/,
    todo: /Security Administrator/,
    breaks: ({ tenant }) => tenant.exchange.answerCmdlet('Remove-BlockedConnector', undefined),
  },
  {
    broken: 'an Exchange that does not say what it offers',
    id: 'unblock',
    status: 'warning',
    says: /cannot be determined without running it/,
    todo: /Security Administrator/,
    breaks: ({ tenant }) =>
      tenant.faults.add({
        ...{ service: 'exchange', match: 'EXOModuleFile' },
        kind: 'answer',
        status: 302,
        times: 'until-cleared',
      }),
  },
  {
    broken: 'an alert policy that never spoke',
    id: 'alert_policy',
    status: 'warning',
    says: /An app cannot read whether the policy/,
    todo: /Connect-IPPSSession; Get-ProtectionAlert.*8bb9c6c8-dc12-40e1-5bb8-08da05b13393/,
    breaks: ({ tenant }) => tenant.graph.answer('GET /v1.0/security/alerts_v2', () => ({ value: [] })),
  },
  {
    broken: 'auditing that is off',
    id: 'audit_log',
    status: 'warning',
    says: /Auditing is off/,
    todo: /Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled \$true/,
    breaks: ({ tenant }) =>
      tenant.exchange.answerCmdlet('Get-AdminAuditLogConfig', () => [{ UnifiedAuditLogIngestionEnabled: 'False' }]),
  },
  {
    broken: 'no role to read whether auditing is on',
    id: 'audit_log',
    status: 'warning',
    says: /cannot be read/,
    todo: /Get-AdminAuditLogConfig \| Format-List/,
    breaks: ({ tenant }) => tenant.exchange.answerCmdlet('Get-AdminAuditLogConfig', undefined),
  },
  {
    broken: 'no role to search the audit log',
    id: 'audit_search',
    status: 'warning',
    says: /cannot be searched.*nothing else depends on it/,
    todo: /View-Only Audit Logs.*Compliance Management and Organization Management/,
    breaks: ({ tenant }) => tenant.exchange.answerCmdlet('Search-UnifiedAuditLog', undefined),
  },
  {
    broken: 'message trace that Microsoft refuses though it is granted',
    id: 'message_trace',
    status: 'warning',
    says: /ExchangeMessageTrace\.Read\.All is granted, but message trace refuses/,
    todo: /az ad sp create --id 8bd644d1/,
    inTokens: true,
    breaks({ tenant }) {
      tenant.permissions.grant('ExchangeMessageTrace.Read.All');
      tenant.faults.add({
        service: 'graph',
        match: 'messageTraces',
        kind: 'answer',
        status: 403,
        times: 'until-cleared',
      });
    },
  },
  {
    broken: 'advanced hunting that Microsoft refuses though it is granted',
    id: 'hunting',
    status: 'warning',
    says: /ThreatHunting\.Read\.All is granted, but advanced hunting refuses/,
    todo: /admin consent/,
    inTokens: true,
    breaks({ tenant }) {
      tenant.permissions.grant('ThreatHunting.Read.All');
      tenant.faults.add({
        service: 'graph',
        match: 'runHuntingQuery',
        kind: 'answer',
        status: 403,
        times: 'until-cleared',
      });
    },
  },
  {
    broken: 'Identity Protection that refuses though it is granted',
    id: 'identity_risk',
    status: 'warning',
    says: /IdentityRiskyUser\.Read\.All is granted, but Identity Protection refuses/,
    todo: /admin consent/,
    inTokens: true,
    breaks({ tenant }) {
      tenant.permissions.grant('IdentityRiskyUser.Read.All');
      tenant.faults.add({ service: 'graph', match: 'riskyUsers', kind: 'answer', status: 403, times: 'until-cleared' });
    },
  },
  {
    broken: 'a tenant without Entra ID P2',
    id: 'approver_roles',
    status: 'warning',
    says: /no Entra ID P2.*permanently/,
    todo: /APPROVER_GROUP_ID/,
    settings: { APPROVER_ROLE_IDS: EXCHANGE_ADMINISTRATOR },
    breaks({ tenant: { graph, teams, people } }) {
      graph.rolePaging.premium = false;
      for (const person of [people.activated, people.expired, people.throughGroup]) teams.team.addToRoster(person);
    },
  },
  {
    broken: 'a tenant without Entra ID P2, and no permission for what is read instead',
    id: 'approver_roles',
    status: 'failed',
    says: /cannot be read/,
    todo: /RoleManagement\.Read\.Directory/,
    settings: { APPROVER_ROLE_IDS: EXCHANGE_ADMINISTRATOR },
    breaks({ tenant: { graph, permissions } }) {
      graph.rolePaging.premium = false;
      permissions.revoke('RoleManagement.Read.Directory');
    },
  },
  {
    broken: 'a standing notice of Exchange',
    id: 'shapes',
    status: 'warning',
    says: /cmdlet_warning.*will be retired/,
    todo: /docs\/first-tenant\.md/,
    breaks: ({ tenant }) =>
      Object.assign(tenant.exchange.answers, { warnings: ['Get-BlockedConnector will be retired.'] }),
  },
];
