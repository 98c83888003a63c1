import type { AuditLog } from './audit-log.ts';
import type { Connectors } from './connectors.ts';
import { objectNotFound, success, unknownParameter } from './exchange-answers.ts';
import type { Restrictions } from './restrictions.ts';
import type { Answer } from './wire.ts';

export type Invocation = {
  readonly origin: string;
  readonly tenantId: string;
  readonly parameters: Readonly<Record<string, unknown>>;
};

export type Cmdlet = { readonly accepts: readonly string[] | 'anything'; run(invocation: Invocation): Answer };

export type CmdletOptions = {
  /** The response of a cmdlet without output is not published: any 2xx is possible. */
  removeAnswer: 'empty-list' | 'null' | 'no-content';
  /** The tenant's domains, and whether Exchange Online signs their mail with a key of each. */
  domains: readonly { readonly domain: string; readonly dkim: boolean }[];
};

type Shelf = {
  readonly auditLog: AuditLog;
  readonly connectors: Connectors;
  readonly restrictions: Restrictions;
  readonly options: CmdletOptions;
};

export function exchangeCmdlets(shelf: Shelf): Map<string, Cmdlet> {
  return new Map<string, Cmdlet>([
    ['Get-BlockedConnector', { accepts: ['ConnectorId'], run: (call) => getBlocked(call, shelf) }],
    ['Remove-BlockedConnector', { accepts: ['ConnectorId', 'Reason'], run: (call) => removeBlocked(call, shelf) }],
    ['Get-InboundConnector', { accepts: ['Identity', 'ResultSize'], run: (call) => getInbound(call, shelf) }],
    ['Get-AdminAuditLogConfig', { accepts: [], run: getAuditConfig }],
    ['Search-UnifiedAuditLog', { accepts: AUDIT_PARAMETERS, run: (call) => searchAuditLog(call, shelf) }],
    ['Get-AcceptedDomain', { accepts: ['Identity', 'ResultSize'], run: (call) => getAcceptedDomains(call, shelf) }],
    ['Get-DkimSigningConfig', { accepts: ['Identity', 'ResultSize'], run: (call) => getDkimSigning(call, shelf) }],
    ['Get-OrganizationConfig', { accepts: [], run: getOrganizationConfig }],
  ]);
}

export function runCmdlet(cmdlet: Cmdlet, invocation: Invocation): Answer {
  const { accepts } = cmdlet;
  if (accepts === 'anything') return cmdlet.run(invocation);
  const stranger = Object.keys(invocation.parameters).find(
    (name) => !name.includes('@') && !accepts.some((one) => one.toLowerCase() === name.toLowerCase()),
  );
  return stranger === undefined ? cmdlet.run(invocation) : unknownParameter(stranger);
}

/** Returns an empty list for an unknown or unrestricted id; inferred, since nothing is published. */
function getBlocked({ origin, tenantId, parameters }: Invocation, { restrictions }: Shelf): Answer {
  const rows = restrictions.read(tenantId, textOf(parameters, 'ConnectorId'));
  return success(origin, tenantId, { rows, more: false });
}

function removeBlocked({ origin, tenantId, parameters }: Invocation, shelf: Shelf): Answer {
  const connectorId = textOf(parameters, 'ConnectorId');
  if (connectorId === undefined) return unknownParameter('ConnectorId');
  const accepted = shelf.restrictions.requestUnblock(connectorId, textOf(parameters, 'Reason'));
  // Whether an unblocked connector yields this or success is not published.
  if (!accepted) return objectNotFound(connectorId);
  const answer = success(origin, tenantId, { rows: [], more: false });
  if (shelf.options.removeAnswer === 'empty-list') return answer;
  if (shelf.options.removeAnswer === 'no-content') return { status: 204, headers: {}, payload: undefined };
  return { ...answer, payload: Buffer.from('{"@adminapi.warnings":[],"value":null}') };
}

/** Returns every connector for an Identity that matches nothing, or for null, as documented. */
function getInbound({ origin, tenantId, parameters }: Invocation, { connectors }: Shelf): Answer {
  const identity = textOf(parameters, 'Identity');
  const match = identity === undefined ? undefined : connectors.find(identity);
  const all = match === undefined ? connectors.all() : [match];
  const size = Number(parameters.ResultSize ?? 1000);
  const limit = Number.isNaN(size) ? Number.POSITIVE_INFINITY : size;
  return success(origin, tenantId, { rows: all.slice(0, limit), more: all.length > limit });
}

/** Exchange PowerShell: Get-AdminAuditLogConfig; some of its properties, with an inferred row shape. */
function getAuditConfig({ origin, tenantId }: Invocation): Answer {
  const row = { AdminAuditLogEnabled: true, UnifiedAuditLogIngestionEnabled: true, Identity: 'Default' };
  return success(origin, tenantId, { rows: [row], more: false });
}

const AUDIT_PARAMETERS = ['StartDate', 'EndDate', 'Operations', 'ObjectIds', 'RecordType', 'UserIds', 'ResultSize'];

/** The filters are documented (Exchange PowerShell: Search-UnifiedAuditLog); that times may be ISO 8601 is inferred. */
function searchAuditLog({ origin, tenantId, parameters }: Invocation, { auditLog }: Shelf): Answer {
  const from = Date.parse(textOf(parameters, 'StartDate') ?? '');
  const to = Date.parse(textOf(parameters, 'EndDate') ?? '');
  if (Number.isNaN(from) || Number.isNaN(to)) return unknownParameter('StartDate');
  const operations = Array.isArray(parameters.Operations) ? parameters.Operations.map(String) : [];
  const rows = auditLog.search({ from, to, operations });
  return success(origin, tenantId, { rows: rows.slice(0, Number(parameters.ResultSize ?? 100)), more: false });
}

/** Exchange PowerShell: Get-AcceptedDomain; some of its properties. */
function getAcceptedDomains({ origin, tenantId }: Invocation, { options }: Shelf): Answer {
  const rows = options.domains.map(({ domain }) => {
    return { Name: domain, DomainName: domain, DomainType: 'Authoritative', MatchSubDomains: false };
  });
  return success(origin, tenantId, { rows, more: false });
}

/** Exchange PowerShell: Get-DkimSigningConfig; some of its properties. */
function getDkimSigning({ origin, tenantId }: Invocation, { options }: Shelf): Answer {
  const rows = options.domains.map(({ domain, dkim }) => {
    return { Name: domain, Domain: domain, Enabled: dkim, Status: dkim ? 'Valid' : 'CnameMissing' };
  });
  return success(origin, tenantId, { rows, more: false });
}

function getOrganizationConfig({ origin, tenantId }: Invocation): Answer {
  const row = { Name: 'simulated.example', DisplayName: 'Simulated tenant', Guid: tenantId, IsDehydrated: false };
  return success(origin, tenantId, { rows: [row], more: false });
}

function textOf(parameters: Readonly<Record<string, unknown>>, wanted: string): string | undefined {
  const entry = Object.entries(parameters).find(([name]) => name.toLowerCase() === wanted.toLowerCase());
  return typeof entry?.[1] === 'string' ? entry[1] : undefined;
}
