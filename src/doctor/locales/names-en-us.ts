import type { CheckId } from '../finding.ts';
import type { TokenFailure } from '../token-failure.ts';

/** The name of each check. */
export const namesEnUs: Readonly<Record<CheckId, string>> = {
  settings: 'Settings',
  database: 'Database',
  database_disk: 'Database disk',
  database_clock: 'Database clock',
  jobs: 'Jobs',
  reading: 'Latest reading',
  audit_trail: 'Audit trail',
  identity: 'Identity',
  graph_token: 'Graph token',
  exchange_token: 'Exchange token',
  teams_token: 'Bot token',
  credential_expiry: 'Credential expiry',
  alerts_permission: 'Alerts',
  groups_permission: 'Groups',
  users_permission: 'Users',
  organization_permission: 'Organization',
  exchange_permission: 'Exchange access',
  exchange_host: 'Exchange address',
  powershell: 'PowerShell',
  blocked_connectors: 'Restrictions',
  inbound_connectors: 'Connectors',
  unblock: 'Unblock',
  alert_policy: 'Alert policy',
  audit_log: 'Audit log',
  audit_search: 'Audit search',
  hunting: 'Advanced hunting',
  message_trace: 'Message trace',
  identity_risk: 'Identity risk',
  approvers: 'Approvers',
  approver_roles: 'Approver roles',
  break_glass_group: 'Break-glass group',
  escalation_group: 'Escalation group',
  bot_keys: 'Bot keys',
  channel: 'Admin channel',
  approvers_in_channel: 'In the channel',
  channel_messages: 'Channel messages',
  public_url: 'Public address',
  subscription: 'Subscription',
  clock: 'Clock',
  shapes: 'Known shapes',
  test_card: 'Test card',
};

/** Why Entra issued no token, and what to do. */
export const tokenFailuresEnUs: Readonly<Record<TokenFailure, readonly [says: string, todo: string]>> = {
  unknown_application: [
    'Entra does not know this application in this tenant.',
    'Check CLIENT_ID and TENANT_ID: the application (client) id and the tenant it is registered in.',
  ],
  secret_expired: [
    'The client secret has expired.',
    'Create a new secret for the application in Entra, and set CLIENT_SECRET to its value.',
  ],
  secret_wrong: [
    'Entra does not accept the client secret.',
    "Set CLIENT_SECRET to the secret's value, not to its id, of the application that CLIENT_ID names.",
  ],
  certificate_unreadable: [
    'The certificate cannot be read.',
    'Set CLIENT_CERTIFICATE_PATH to a PEM file with the certificate and its private key that this user may read.',
  ],
  certificate_unknown: [
    'Entra does not accept the certificate.',
    'Upload the certificate to the application that CLIENT_ID names, and check that it has not expired.',
  ],
  unknown_tenant: [
    'Entra does not know this tenant.',
    'Check TENANT_ID, and CLOUD if the tenant is in a national cloud.',
  ],
  unknown_resource: [
    'This tenant has no service of that name.',
    'Check CLOUD, and that the tenant has Exchange Online.',
  ],
  no_managed_identity: [
    'There is no managed identity here.',
    'Run this where the identity is assigned (in Azure), or set CLIENT_SECRET or CLIENT_CERTIFICATE_PATH.',
  ],
  identity_not_assigned: [
    'No managed identity with this client id is assigned to this machine.',
    "Check CLIENT_ID, and assign the bot's user-assigned managed identity to the machine or app that runs this.",
  ],
  clock_wrong: ["Entra reports that this machine's clock is wrong.", 'Set the clock of this machine: turn on NTP.'],
  other: ['No token was issued.', 'See the message; check CLIENT_ID, TENANT_ID and the network from here to Entra.'],
};
