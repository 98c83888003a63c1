import type { Config } from '../config/config.ts';
import type { CheckId, Finding } from './finding.ts';

type Ids = Pick<Config, 'clientId'>;
type Command = (ids: Ids) => string;

const PERMISSIONS =
  'install/permissions/permissions.sh apply --group <resource group> --name <bot> --endpoint https://<host>/api/messages';

const grant: Command = () => PERMISSIONS;
const grantWith =
  (features: string): Command =>
  () =>
    `${PERMISSIONS} --with ${features}`;
const exchange =
  (...more: readonly string[]): Command =>
  ({ clientId }) =>
    [
      `pwsh -File install/permissions/exchange.ps1 -ClientId ${clientId} -ObjectId <object id of the service principal>`,
      ...more,
    ].join(' ');
const packageApp: Command = ({ clientId }) => `CLIENT_ID=${clientId} npm run package`;

/** The command of this repository that fixes what a check found, where there is one. */
const COMMANDS: Readonly<Partial<Record<CheckId, Command>>> = {
  audit_trail: () => 'npm run audit -- verify',
  identity: grant,
  graph_token: grant,
  teams_token: grant,
  alerts_permission: grant,
  groups_permission: grant,
  users_permission: grant,
  exchange_permission: grant,
  organization_permission: grantWith('powershell'),
  approver_roles: grantWith('roles'),
  hunting: grantWith('evidence'),
  message_trace: grantWith('evidence'),
  identity_risk: grantWith('evidence'),
  blocked_connectors: exchange(),
  inbound_connectors: exchange(),
  unblock: exchange(),
  audit_search: exchange('-AuditLog'),
  channel: packageApp,
  channel_messages: packageApp,
  shapes: () => 'npm run doctor -- --report report.md',
};

/** Adds to each finding that needs action the command that fixes it. */
export function withCommands(findings: readonly Finding[], ids: Ids): readonly Finding[] {
  return findings.map((finding) => {
    const isOpen = finding.todo !== null && (finding.status === 'warning' || finding.status === 'failed');
    const command = isOpen ? COMMANDS[finding.id]?.(ids) : undefined;
    return command === undefined ? finding : { ...finding, command };
  });
}
