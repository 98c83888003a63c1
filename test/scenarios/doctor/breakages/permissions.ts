import type { Breakage } from './breakage.ts';

const ELSEWHERE = '00000000-0000-0000-0000-00000000dead';
export const PERMISSIONS: readonly Breakage[] = [
  {
    broken: 'a client id that is not that of the identity',
    id: 'identity',
    status: 'failed',
    says: /No managed identity with this client id/,
    todo: /Check CLIENT_ID/,
    settings: { CLIENT_ID: ELSEWHERE },
  },
  {
    broken: 'a tenant without Exchange Online',
    id: 'exchange_token',
    status: 'failed',
    says: /no service of that name/,
    todo: /CLOUD.*Exchange Online/,
    inTokens: true,
    breaks: ({ tenant }) => tenant.permissions.withhold('https://outlook.office365.com'),
  },
  {
    broken: 'a tenant without the Bot Framework',
    id: 'teams_token',
    status: 'failed',
    says: /no service of that name/,
    todo: /CLOUD/,
    inTokens: true,
    breaks: ({ tenant }) => tenant.permissions.withhold('https://api.botframework.com'),
  },
  {
    broken: 'no permission for alerts',
    id: 'alerts_permission',
    status: 'failed',
    says: /SecurityAlert\.ReadWrite\.All is not granted/,
    todo: /Grant SecurityAlert\.ReadWrite\.All.*permissions\.sh/,
    inTokens: true,
    breaks: ({ tenant }) => tenant.permissions.revoke('SecurityAlert.ReadWrite.All'),
  },
  {
    broken: 'a permission that only reads alerts',
    id: 'alerts_permission',
    status: 'warning',
    says: /can be read, but not commented on/,
    todo: /Grant SecurityAlert\.ReadWrite\.All/,
    inTokens: true,
    breaks({ tenant }) {
      tenant.permissions.revoke('SecurityAlert.ReadWrite.All');
      tenant.permissions.grant('SecurityAlert.Read.All');
    },
  },
  {
    broken: 'a permission that is granted and refused all the same',
    id: 'alerts_permission',
    status: 'failed',
    says: /granted, but Microsoft refuses/,
    todo: /licence/,
    breaks: ({ tenant }) =>
      tenant.faults.add({ service: 'graph', match: 'alerts_v2', kind: 'answer', status: 403, times: 'until-cleared' }),
  },
  {
    broken: 'no permission for groups',
    id: 'groups_permission',
    status: 'failed',
    says: /GroupMember\.Read\.All is not granted/,
    todo: /Grant GroupMember\.Read\.All/,
    inTokens: true,
    breaks: ({ tenant }) => tenant.permissions.revoke('GroupMember.Read.All'),
  },
  {
    broken: 'no permission for people',
    id: 'users_permission',
    status: 'failed',
    says: /User\.Read\.All is not granted/,
    todo: /Grant User\.Read\.All/,
    inTokens: true,
    breaks: ({ tenant }) => tenant.permissions.revoke('User.Read.All'),
  },
  {
    broken: 'no permission for Exchange',
    id: 'exchange_permission',
    status: 'failed',
    says: /Exchange\.ManageAsApp is not granted/,
    todo: /Grant Exchange\.ManageAsApp/,
    inTokens: true,
    breaks: ({ tenant }) => tenant.permissions.revoke('Exchange.ManageAsApp'),
  },
];
