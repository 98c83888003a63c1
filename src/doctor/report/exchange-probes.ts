import { DAY_MS } from '../../incident/model/duration.ts';
import { anchor } from '../../microsoft/exchange/headers.ts';
import { embeddedGuidIn, rowOf } from '../../microsoft/exchange/row.ts';
import { headerLines, type Probe, type ReportContext, responseLines } from './probe.ts';
import type { RawResponse } from './request.ts';
import { shapeOf } from './shape-text.ts';

const MODULE_FILE = 'EXOModuleFile?Version=3.9.2';
const CMDLETS = ['Get-BlockedConnector', 'Remove-BlockedConnector', 'Get-InboundConnector', 'Search-UnifiedAuditLog'];

/** Probes of Exchange. None of them changes anything; in mode `powershell` those of the admin API are skipped. */
export const EXCHANGE_PROBES: readonly Probe[] = [
  {
    title: 'Get-BlockedConnector, a row of the list',
    settles: ['blocked_connector_row', 'blocked_connector_details'],
    run: async ({ connections }) => {
      const { items } = await connections.exchange.read('Get-BlockedConnector');
      const [row] = items;
      if (row === undefined) return ['rows: 0 (nothing is restricted now; run this again while something is)'];
      const id = idOf(row);
      const details =
        id === null ? [] : (await connections.exchange.read('Get-BlockedConnector', { ConnectorId: id })).items;
      return [`rows: ${items.length}`, ...shapeOf(row), 'the same with -ConnectorId:', ...shapeOf(details[0] ?? null)];
    },
  },
  {
    title: 'Get-InboundConnector, a row, and whether the two lists share ids',
    settles: ['connector_id'],
    run: async ({ connections }) => {
      const inbound = (await connections.exchange.read('Get-InboundConnector', { ResultSize: 'Unlimited' })).items;
      const blocked = (await connections.exchange.read('Get-BlockedConnector')).items;
      const guids = new Set(inbound.map((row) => embeddedGuidIn(rowOf(row)?.get('guid'))));
      const shared = blocked.filter((row) => guids.has(idOf(row))).length;
      return [
        `rows: ${inbound.length}`,
        `restricted connectors whose id is the Guid of an inbound connector: ${shared} of ${blocked.length}`,
        ...shapeOf(inbound[0] ?? null),
      ];
    },
  },
  {
    title: 'The management roles that hold *-BlockedConnector',
    settles: ['unblock_role'],
    run: async ({ connections }) => {
      const { items } = await connections.exchange.read('Get-ManagementRoleEntry', {
        Identity: '*\\*-BlockedConnector',
      });
      const held = items.map((item) => roleEntry(item)).toSorted();
      return [`entries: ${items.length}`, ...new Set(held), ...shapeOf(items[0] ?? null)];
    },
  },
  {
    title: 'Remove-BlockedConnector in the audit log of the last 30 days',
    settles: ['unblock_in_audit_log'],
    run: async ({ connections, now }) => {
      const { items } = await connections.exchange.read('Search-UnifiedAuditLog', {
        StartDate: new Date(now - 30 * DAY_MS).toISOString(),
        EndDate: new Date(now).toISOString(),
        Operations: ['Remove-BlockedConnector'],
        ResultSize: 10,
      });
      return [`records: ${items.length}`, ...(items[0] === undefined ? [] : shapeOf(items[0]))];
    },
  },
  admin(
    'An empty Get-BlockedConnector as other clients send it',
    ['cmdlet_warning', 'exchange_redirect', 'anchor'],
    (context) => invoke(context, 'Get-BlockedConnector', {}, anchor(context.config.tenantId)),
  ),
  admin('The same without X-AnchorMailbox', ['anchor'], (context) => invoke(context, 'Get-BlockedConnector', {})),
  admin('Get-BlockedConnector of an id that is not restricted', ['unknown_id'], (context) =>
    invoke(context, 'Get-BlockedConnector', { ConnectorId: '00000000-0000-0000-0000-000000000001' }),
  ),
  admin('Get-InboundConnector without a page size', ['page_size'], async (context) => {
    const response = await sendInvoke(context, 'Get-InboundConnector', {});
    const { value, '@odata.nextLink': next } = Object(response.body);
    return [
      `HTTP ${response.status}`,
      `rows: ${Array.isArray(value) ? value.length : 'none'}`,
      `next link: ${next ? 'yes' : 'no'}`,
    ];
  }),
  admin('A cmdlet that does not exist', ['missing_role'], (context) => invoke(context, 'Get-NoSuchCmdlet', {})),
  admin('EXOModuleFile with an anchor', ['exported_cmdlets', 'exchange_redirect'], (context) =>
    moduleFile(context, anchor(context.config.tenantId)),
  ),
  admin('EXOModuleFile without an anchor', ['exported_cmdlets', 'anchor'], (context) => moduleFile(context, {})),
];

function admin(title: string, settles: Probe['settles'], run: Probe['run']): Probe {
  return {
    title,
    settles,
    run: async (context) =>
      context.config.unblockMode === 'powershell'
        ? ['not requested: mode powershell does not use the admin API']
        : run(context),
  };
}

function sendInvoke(
  context: ReportContext,
  cmdlet: string,
  parameters: object,
  headers: Readonly<Record<string, string>> = {},
) {
  const path = `/adminapi/beta/${context.config.tenantId}/InvokeCommand`;
  const body = { CmdletInput: { CmdletName: cmdlet, Parameters: parameters } };
  return context.exchange({ method: 'POST', path, headers, body });
}

async function invoke(
  context: ReportContext,
  cmdlet: string,
  parameters: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  return responseLines(await sendInvoke(context, cmdlet, parameters, headers), context.config.exchange.endpoint);
}

async function moduleFile(context: ReportContext, headers: Readonly<Record<string, string>>) {
  const path = `/adminapi/v1.0/${context.config.tenantId}/${MODULE_FILE}`;
  const response = await context.exchange({ method: 'GET', path, headers: { ...headers, CommandName: '*' } });
  return [
    `HTTP ${response.status}`,
    ...headerLines(response.headers, context.config.exchange.endpoint),
    ...offered(response),
  ];
}

function offered({ text }: RawResponse): readonly string[] {
  const [, list] = /"exportedCmdlets"\s*:\s*"([^"]*)"/.exec(text) ?? [];
  if (list === undefined) return [`no exportedCmdlets in it (${text.length})`];
  const names = list.split(',').map((name) => name.trim().toLowerCase());
  return [
    `exportedCmdlets: ${names.length}`,
    ...CMDLETS.map((cmdlet) => `${cmdlet}: ${names.includes(cmdlet.toLowerCase()) ? 'offered' : 'not offered'}`),
  ];
}

/** Shows the name of a role only if Microsoft defines it; people can create roles with any name. */
function roleEntry(item: unknown): string {
  const row = rowOf(item);
  const cmdlet = CMDLETS.find((name) => name === row?.get('name')) ?? 'a cmdlet';
  const role = row?.get('role');
  const isBuiltIn = BUILT_IN_ROLES.has(role);
  return `${cmdlet}: ${isBuiltIn ? role : 'a role of the organization'}`;
}

/** The built-in roles that may contain the cmdlets (Exchange PowerShell: Permissions in Exchange Online). */
const BUILT_IN_ROLES: ReadonlySet<unknown> = new Set([
  'Transport Hygiene',
  'Security Admin',
  'Security Administrator',
  'Security Reader',
  'Security Operator',
  'Security Group Creation and Membership',
  'View-Only Configuration',
  'View-Only Recipients',
  'Organization Configuration',
  'Hygiene Management',
  'Remote and Accepted Domains',
  'Transport Rules',
  'Tenant AllowBlockList Manager',
  'Compliance Admin',
  'Global Reader',
  'Exchange Connectors',
  'Transport Agents',
  'Audit Logs',
  'View-Only Audit Logs',
  'Security Management',
]);

function idOf(row: unknown): string | null {
  return embeddedGuidIn(rowOf(row)?.get('connectorid')) ?? embeddedGuidIn(rowOf(row)?.get('identity'));
}
