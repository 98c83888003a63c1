import type { Config } from '../config/config.ts';
import type { CheckId, Finding } from './finding.ts';

type Identity = Pick<Config, 'clientId' | 'credential'>;
/** Returns null where no command of this repository is right for the identity. */
type Command = (identity: Identity) => string | null;

const PERMISSIONS =
  'install/permissions/permissions.sh apply --group <resource group> --name <bot> --endpoint https://<host>/api/messages';

/** The script grants permissions to a managed identity, which it creates if there is none: not for any other credential. */
const grant: Command = ({ credential }) => (credential.kind === 'managed_identity' ? PERMISSIONS : null);
const grantWith =
  (features: string): Command =>
  (identity) => {
    const command = grant(identity);
    return command === null ? null : `${command} --with ${features}`;
  };
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
export function withCommands(findings: readonly Finding[], identity: Identity): readonly Finding[] {
  return findings.map((finding) => {
    const isOpen = finding.todo !== null && (finding.status === 'warning' || finding.status === 'failed');
    const command = isOpen ? (COMMANDS[finding.id]?.(identity) ?? null) : null;
    return command === null ? finding : { ...finding, command };
  });
}
