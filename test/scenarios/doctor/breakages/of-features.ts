import type { CheckId } from '../../../../src/doctor/finding.ts';
import { installPwsh } from '../../../tenant/pwsh/install-pwsh.ts';
import { EXCHANGE_ADMINISTRATOR } from '../../../tenant/role-assignments.ts';
import type { Tenant } from '../../../tenant/tenant.ts';
import { handshakeServer } from '../handshake-server.ts';

/** Settings that turn a feature on, what breaks it while the service runs, and what to close at the end. */
type Feature = {
  readonly settings: Readonly<Record<string, string>>;
  readonly breaks: () => unknown;
  readonly close?: () => Promise<unknown>;
};

/** A breakage of a feature that is off by default, and what the self-check should report. */
export type FeatureBreakage = {
  readonly broken: string;
  readonly id: CheckId;
  readonly says: RegExp;
  readonly open: (tenant: Tenant) => Feature | Promise<Feature>;
};

/** Every reading starts a process. */
const SELDOM = { POLL_SECONDS: '86400' };
const SECRET = { NOTIFICATION_SECRET: 'a-secret-between-us-of-enough-length' };

export const FEATURE_BREAKAGES: readonly FeatureBreakage[] = [
  {
    broken: 'a tenant that loses Entra ID P2 and the permission for what is read instead',
    id: 'approver_roles',
    says: /cannot be read/,
    open: ({ graph, permissions, teams, people }) => {
      for (const person of [people.activated, people.expired, people.throughGroup]) teams.team.addToRoster(person);
      const breaks = () => {
        graph.rolePaging.premium = false;
        permissions.revoke('RoleManagement.Read.Directory');
      };
      return { settings: { APPROVER_ROLE_IDS: EXCHANGE_ADMINISTRATOR }, breaks };
    },
  },
  {
    broken: 'an emergency group that loses its last eligible member',
    id: 'break_glass_group',
    says: /Nobody in the group is eligible/,
    open: ({ directory, people }) => ({
      settings: { BREAK_GLASS_GROUP_ID: directory.emergencyGroupId },
      breaks: () => directory.removeMember(directory.emergencyGroupId, people.outsider),
    }),
  },
  {
    broken: 'an escalation group that loses its last eligible member',
    id: 'escalation_group',
    says: /Nobody in the group is eligible/,
    open: ({ directory, people }) => ({
      settings: { ESCALATION_GROUP_ID: directory.emergencyGroupId },
      breaks: () => directory.removeMember(directory.emergencyGroupId, people.outsider),
    }),
  },
  {
    broken: 'a public address that nobody answers any more',
    id: 'public_url',
    says: /does not pass Graph's handshake/,
    open: async () => {
      const { url, close } = await handshakeServer();
      return { settings: { ...SECRET, PUBLIC_URL: url }, breaks: close, close };
    },
  },
  {
    broken: 'a Graph that loses each subscription again',
    id: 'subscription',
    says: /no subscription of this service/,
    open: async ({ defender: { subscriptions } }) => {
      subscriptions.granted = true;
      const { url, close } = await handshakeServer();
      const breaks = () => {
        subscriptions.put = () => {};
        for (const { id } of subscriptions.active()) subscriptions.drop(id);
      };
      return { settings: { ...SECRET, PUBLIC_URL: url }, breaks, close };
    },
  },
  {
    broken: 'a Graph that refuses the subscription that it granted',
    id: 'subscription',
    says: /granted a subscription to alerts before, and refuses it now/,
    open: async ({ defender: { subscriptions } }) => {
      subscriptions.granted = true;
      const { url, close } = await handshakeServer();
      const breaks = () => {
        subscriptions.granted = false;
        for (const { id } of subscriptions.active()) subscriptions.drop(id);
      };
      return { settings: { ...SECRET, PUBLIC_URL: url }, breaks, close };
    },
  },
  {
    broken: 'PowerShell whose module is gone',
    id: 'powershell',
    says: /Install-Module ExchangeOnlineManagement/,
    open: async (tenant) => {
      const { env, set, remove } = await installPwsh(tenant);
      return { settings: { ...env, ...SELDOM }, breaks: () => set({ module: null }), close: remove };
    },
  },
  {
    broken: 'mode powershell without the permission for the name of the organization',
    id: 'organization_permission',
    says: /Organization\.Read\.All|organization/,
    open: async (tenant) => {
      const { env, remove } = await installPwsh(tenant);
      return {
        settings: { ...env, ...SELDOM },
        breaks: () => tenant.permissions.revoke('Organization.Read.All'),
        close: remove,
      };
    },
  },
];

/** The checks that no test breaks while the service runs, and why. */
export const NOT_BROKEN_WHILE_RUNNING: Readonly<Partial<Record<CheckId, string>>> = {
  settings: 'read once, at the start',
  database_disk: 'without its database the service is not ready: database-lost.test.ts',
  database: 'without its database the service is not ready: database-lost.test.ts',
  database_clock: 'needs PostgreSQL with another clock: doctor/postgres.test.ts',
  reading: 'notified as an outage: outage.test.ts',
  audit_trail: 'notified by the check of the trail: trail.test.ts',
  graph_token: 'fails together with the other tokens of the identity',
  credential_expiry: 'the simulated tenant takes no certificate: unit/doctor/credential-expiry.test.ts',
  exchange_host: 'China only: unit/doctor/exchange-host.test.ts',
  alert_policy: 'not part of the self-check, because no alert in 30 days may be good news',
  test_card: 'posted only on request',
};
