import { writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { CheckId, Status } from '../../src/doctor/finding.ts';
import { appendAudit } from '../../src/storage/audit.ts';
import { saveObservation } from '../../src/storage/observations.ts';
import type { Settings, WellTenant } from './well-tenant.ts';

/** One thing that is broken, and all that the doctor should say of it. */
export type Breakage = {
  readonly broken: string;
  readonly id: CheckId;
  readonly status: Extract<Status, 'warning' | 'failed'>;
  readonly says: RegExp;
  readonly todo: RegExp;
  readonly settings?: Settings;
  readonly ahead?: number;
  readonly breaks?: (well: WellTenant) => unknown;
};

const ELSEWHERE = '00000000-0000-0000-0000-00000000dead';
const EMERGENCY = '7d3c1f60-9a58-0e47-11d2-4b8ce05a9c04';
const PUSH = { NOTIFICATION_SECRET: 'a-secret-between-us' };
const SEEN = { blocked: { items: [], complete: true, why: null }, inbound: { items: [], complete: true, why: null } };

const minutesFromNow = (well: WellTenant, minutes: number) =>
  well.inDatabase((db) => saveObservation(db, { ...SEEN, beganAt: Date.now() + minutes * 60_000, alerts: [] }));

export const BREAKAGES: readonly Breakage[] = [
  {
    broken: 'the database of a newer version',
    id: 'database',
    status: 'failed',
    says: /newer version/,
    todo: /Install the newer version/,
    breaks: (well) =>
      well.inDatabase((db) =>
        sql`insert into kysely_migration (name, timestamp) values ('9999-future', '')`.execute(db),
      ),
  },
  {
    broken: 'the database of an older version',
    id: 'database',
    status: 'warning',
    says: /older version/,
    todo: /backup.*start this version/,
    breaks: (well) => well.inDatabase((db) => sql`delete from kysely_migration where name like '0007%'`.execute(db)),
  },
  {
    broken: 'a database file that is none',
    id: 'database',
    status: 'failed',
    says: /cannot be opened/,
    todo: /DATABASE_URL/,
    breaks: (well) =>
      writeFileSync(`${well.settings.DATABASE_URL?.slice('file:'.length)}.txt`, 'no database '.repeat(99)),
    settings: { SUFFIX: '.txt' },
  },
  {
    broken: 'a database that does not exist',
    id: 'database',
    status: 'warning',
    says: /no database file yet/,
    todo: /DATABASE_URL/,
    settings: { SUFFIX: '.none' },
  },
  {
    broken: 'a database where nothing can be written',
    id: 'database_disk',
    status: 'failed',
    says: /may not write to \/dev\/null/,
    todo: /right to write/,
    settings: { DATABASE_URL: 'file:/dev/null/no/incidents.sqlite' },
  },
  {
    broken: 'a job that was set aside',
    id: 'jobs',
    status: 'warning',
    says: /set aside.*1 \(post_card\)/,
    todo: /log/,
    breaks: (well) =>
      well.inDatabase((db) =>
        db
          .insertInto('jobs')
          .values({
            ...{ id: 'j', key: 'k', lane: 'l', task: 'post_card', payload: '{}', state: 'dead', run_at: 0 },
            ...{ attempts: 9, claims: 9, lease_until: null, last_error: 'refused' },
          })
          .execute(),
      ),
  },
  {
    broken: 'a service that stopped reading',
    id: 'reading',
    status: 'warning',
    says: /31 minutes old/,
    todo: /Start the service/,
    breaks: (well) => minutesFromNow(well, -31),
  },
  {
    broken: 'an audit entry that somebody changed',
    id: 'audit_trail',
    status: 'failed',
    says: /broken at entry 2/,
    todo: /audit -- verify/,
    breaks: (well) =>
      well.inDatabase(async (db) => {
        const entry = { at: 1, action: 'approve', incidentId: null, connectorId: null, actor: null, details: {} };
        for (let made = 0; made < 3; made += 1) await db.transaction().execute((trx) => appendAudit(trx, entry));
        // Whoever owns the database can take its rules away.
        await sql`drop trigger audit_entries_are_never_changed`.execute(db);
        await db.updateTable('audit').set({ action: 'confirm' }).where('seq', '=', 2).execute();
      }),
  },
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
    breaks: ({ tenant }) => tenant.permissions.withhold('https://outlook.office365.com'),
  },
  {
    broken: 'a tenant without the Bot Framework',
    id: 'teams_token',
    status: 'failed',
    says: /no service of that name/,
    todo: /CLOUD/,
    breaks: ({ tenant }) => tenant.permissions.withhold('https://api.botframework.com'),
  },
  {
    broken: 'no permission for alerts',
    id: 'alerts_permission',
    status: 'failed',
    says: /SecurityAlert\.ReadWrite\.All is not granted/,
    todo: /Grant SecurityAlert\.ReadWrite\.All.*admin consent/,
    breaks: ({ tenant }) => tenant.permissions.revoke('SecurityAlert.ReadWrite.All'),
  },
  {
    broken: 'a permission that only reads alerts',
    id: 'alerts_permission',
    status: 'warning',
    says: /can be read, but not commented on/,
    todo: /Grant SecurityAlert\.ReadWrite\.All/,
    breaks({ tenant }) {
      tenant.permissions.revoke('SecurityAlert.ReadWrite.All');
      tenant.permissions.grant('SecurityAlert.Read.All');
    },
  },
  {
    broken: 'a permission that is granted and refused all the same',
    id: 'alerts_permission',
    status: 'failed',
    says: /granted, yet Microsoft refuses/,
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
    breaks: ({ tenant }) => tenant.permissions.revoke('GroupMember.Read.All'),
  },
  {
    broken: 'no permission for people',
    id: 'users_permission',
    status: 'failed',
    says: /User\.Read\.All is not granted/,
    todo: /Grant User\.Read\.All/,
    breaks: ({ tenant }) => tenant.permissions.revoke('User.Read.All'),
  },
  {
    broken: 'no permission for Exchange',
    id: 'exchange_permission',
    status: 'failed',
    says: /Exchange\.ManageAsApp is not granted/,
    todo: /Grant Exchange\.ManageAsApp/,
    breaks: ({ tenant }) => tenant.permissions.revoke('Exchange.ManageAsApp'),
  },
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
    says: /cannot be told without running it/,
    todo: /Security Administrator/,
    breaks: ({ tenant }) =>
      tenant.faults.add({ ...{ service: 'exchange', match: 'EXOModuleFile' }, kind: 'answer', status: 302 }),
  },
  {
    broken: 'an alert policy that never spoke',
    id: 'alert_policy',
    status: 'warning',
    says: /cannot be read by an app/,
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
    broken: 'an approver group that does not exist',
    id: 'approvers',
    status: 'failed',
    says: /no such group/,
    todo: /APPROVER_GROUP_ID/,
    settings: { APPROVER_GROUP_ID: ELSEWHERE },
  },
  {
    broken: 'one approver only, beside one who is disabled',
    id: 'approvers',
    status: 'failed',
    says: /approver group: 1\./,
    todo: /Add people.*guests and disabled/,
    breaks({ tenant: { directory, people } }) {
      for (const person of [people.erik, people.markup, people.absent])
        directory.removeMember(directory.approverGroupId, person);
      directory.removeMember(directory.nestedGroupId, people.nested);
    },
  },
  {
    broken: 'an emergency group in which a guest is left',
    id: 'break_glass_group',
    status: 'warning',
    says: /Nobody in the group is eligible/,
    todo: /BREAK_GLASS_GROUP_ID/,
    settings: { BREAK_GLASS_GROUP_ID: EMERGENCY },
    breaks: ({ tenant: { directory, people } }) => directory.removeMember(directory.emergencyGroupId, people.outsider),
  },
  {
    broken: 'an escalation group that does not exist',
    id: 'escalation_group',
    status: 'warning',
    says: /no such group/,
    todo: /ESCALATION_GROUP_ID/,
    settings: { ESCALATION_GROUP_ID: ELSEWHERE },
  },
  {
    broken: "no way to the Bot Framework's keys",
    id: 'bot_keys',
    status: 'failed',
    says: /no click could be trusted.*503/,
    todo: /BOT_OPENID_METADATA_URL/,
    breaks: ({ tenant }) => tenant.faults.add({ service: 'openid', kind: 'unavailable', times: 'until-cleared' }),
  },
  {
    broken: 'a bot that is not in the team',
    id: 'channel',
    status: 'failed',
    says: /cannot see the admin channel/,
    todo: /Add the Teams app to the team/,
    breaks: ({ tenant }) => tenant.teams.removeBot(),
  },
  {
    broken: 'no channel at all',
    id: 'channel',
    status: 'failed',
    says: /No channel watches/,
    todo: /watch here/,
    settings: { ADMIN_CHANNEL_ID: undefined, ADMIN_TEAM_ID: undefined },
  },
  {
    broken: 'an approver who is not in the team',
    id: 'approvers_in_channel',
    status: 'warning',
    says: /1 \(Abel Absent\)/,
    todo: /Add them to the team/,
    breaks: ({ tenant }) => tenant.teams.team.removeFromRoster(tenant.people.absent),
  },
  {
    broken: 'one approver alone in the team',
    id: 'approvers_in_channel',
    status: 'failed',
    says: /Only 1 of the approvers.*no two can agree/,
    todo: /Add the approvers/,
    breaks({ tenant: { teams, people } }) {
      for (const person of [people.erik, people.markup, people.absent, people.nested])
        teams.team.removeFromRoster(person);
    },
  },
  {
    broken: 'no consent to read the channel',
    id: 'channel_messages',
    status: 'warning',
    says: /second one may appear/,
    todo: /ChannelMessage\.Read\.Group/,
    breaks: ({ tenant }) => Object.assign(tenant.graph.channelReading, { allowed: false }),
  },
  {
    broken: 'a public address where nobody answers',
    id: 'public_url',
    status: 'warning',
    says: /does not answer the handshake/,
    todo: /api\/notifications/,
    settings: { ...PUSH, PUBLIC_URL: 'http://127.0.0.1:9' },
  },
  {
    broken: 'no subscription, and no refusal',
    id: 'subscription',
    status: 'warning',
    says: /no subscription of ours/,
    todo: /Start the service/,
    settings: { ...PUSH, PUBLIC_URL: 'handshake' },
    breaks: (well) => well.inDatabase((db) => db.deleteFrom('push').execute()),
  },
  {
    broken: 'a clock that is a little wrong',
    id: 'clock',
    status: 'warning',
    says: /9[01] seconds/,
    todo: /NTP/,
    ahead: 90_000,
  },
  {
    broken: 'a clock that is so wrong that tokens fail',
    id: 'clock',
    status: 'failed',
    says: /40[01] seconds/,
    todo: /NTP/,
    ahead: 400_000,
    breaks: (well) => minutesFromNow(well, 400 / 60),
  },
];
