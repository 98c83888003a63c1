import type { Config } from '../config/config.ts';
import type { Check } from './check.ts';
import { examineAlertPolicy } from './checks/alert-policy.ts';
import { examineAlertsPermission } from './checks/alerts-permission.ts';
import { examineApproverRoles } from './checks/approver-roles.ts';
import { examineApproversInChannel } from './checks/approvers-in-channel.ts';
import { examineAuditLog } from './checks/audit-log.ts';
import { examineAuditSearch } from './checks/audit-search.ts';
import { examineBotKeys } from './checks/bot-keys.ts';
import { examineChannel } from './checks/channel.ts';
import { examineChannelMessages } from './checks/channel-messages.ts';
import { examineClock } from './checks/clock.ts';
import { examineCredentialExpiry } from './checks/credential-expiry.ts';
import { examineDatabase, examineDatabaseClock } from './checks/database.ts';
import { examineDatabaseDisk } from './checks/database-disk.ts';
import {
  examineGroupsPermission,
  examineOrganizationPermission,
  examineUsersPermission,
} from './checks/directory-permissions.ts';
import { examineExchangeHost } from './checks/exchange-host.ts';
import { examineExchangePermission } from './checks/exchange-permission.ts';
import { examineBlockedConnectors, examineInboundConnectors } from './checks/exchange-readings.ts';
import { examineApprovers, examineBreakGlassGroup, examineEscalationGroup } from './checks/groups.ts';
import { examineIdentity, examineToken } from './checks/identity.ts';
import { examineIdentityRisk } from './checks/identity-risk.ts';
import { examinePowerShell } from './checks/powershell.ts';
import { examinePublicUrl } from './checks/public-url.ts';
import { examineAuditTrail, examineJobs, examineReading } from './checks/records.ts';
import { examineShapes } from './checks/shapes.ts';
import { examineSubscription } from './checks/subscription.ts';
import { examineHunting, examineMessageTrace } from './checks/traffic-sources.ts';
import { examineUnblock } from './checks/unblock.ts';
import type { CheckId } from './finding.ts';

const NOTHING: readonly CheckId[] = [];
const GRAPH: readonly CheckId[] = ['graph_token'];
const DIRECTORY: readonly CheckId[] = ['groups_permission', 'users_permission'];
const EXCHANGE: readonly CheckId[] = ['exchange_permission'];
const DIRECTLY: readonly CheckId[] = ['exchange_token'];
const THROUGH_POWERSHELL: readonly CheckId[] = [...DIRECTLY, 'powershell', 'organization_permission'];

const RECORDS: readonly Check[] = [
  vital('database_disk', NOTHING, examineDatabaseDisk),
  vital('database', ['database_disk'], examineDatabase),
  minor('database_clock', ['database'], examineDatabaseClock),
  minor('jobs', ['database'], examineJobs),
  minor('reading', ['database'], examineReading),
  minor('audit_trail', ['database'], examineAuditTrail),
];

const ENTRA: readonly Check[] = [
  vital('identity', NOTHING, examineIdentity),
  vital('graph_token', ['identity'], examineToken('graph')),
  vital('exchange_token', ['identity'], examineToken('exchange')),
  vital('teams_token', ['identity'], examineToken('teams')),
  minor('credential_expiry', ['identity'], examineCredentialExpiry),
  vital('alerts_permission', GRAPH, examineAlertsPermission),
  vital('groups_permission', GRAPH, examineGroupsPermission),
  vital('users_permission', GRAPH, examineUsersPermission),
  vital('organization_permission', GRAPH, examineOrganizationPermission),
];

const EXCHANGE_CHECKS: readonly Check[] = [
  vital('blocked_connectors', EXCHANGE, examineBlockedConnectors),
  vital('inbound_connectors', EXCHANGE, examineInboundConnectors),
  minor('unblock', EXCHANGE, examineUnblock),
  minor('alert_policy', ['alerts_permission'], examineAlertPolicy),
  minor('audit_log', EXCHANGE, examineAuditLog),
  minor('audit_search', EXCHANGE, examineAuditSearch),
  minor('hunting', GRAPH, examineHunting),
  minor('message_trace', GRAPH, examineMessageTrace),
  minor('identity_risk', GRAPH, examineIdentityRisk),
];

const PEOPLE: readonly Check[] = [
  vital('approver_roles', GRAPH, examineApproverRoles),
  vital('approvers', [...DIRECTORY, 'approver_roles'], examineApprovers),
  minor('break_glass_group', DIRECTORY, examineBreakGlassGroup),
  minor('escalation_group', DIRECTORY, examineEscalationGroup),
  vital('bot_keys', NOTHING, examineBotKeys),
  vital('channel', ['teams_token'], examineChannel),
  minor('approvers_in_channel', ['approvers', 'channel'], examineApproversInChannel),
  minor('channel_messages', GRAPH, examineChannelMessages),
  minor('public_url', NOTHING, examinePublicUrl),
  minor('subscription', GRAPH, examineSubscription),
];

/** Returns every check, each after those it needs. */
export function checksFor({ unblockMode }: Pick<Config, 'unblockMode'>): readonly Check[] {
  const needs = unblockMode === 'powershell' ? THROUGH_POWERSHELL : DIRECTLY;
  return [
    ...RECORDS,
    ...ENTRA,
    minor('exchange_host', ['identity'], examineExchangeHost),
    vital('powershell', NOTHING, examinePowerShell),
    vital('exchange_permission', needs, examineExchangePermission),
    ...EXCHANGE_CHECKS,
    ...PEOPLE,
  ];
}

/** Checks that evaluate the responses to all the other checks, and therefore run last. */
export const LAST_CHECKS: readonly Check[] = [
  minor('clock', NOTHING, examineClock),
  minor('shapes', NOTHING, examineShapes),
];

/** A check without which the service cannot do its main work. */
function vital(id: CheckId, needs: readonly CheckId[], examine: Check['examine']): Check {
  return { id, needs, examine, unexamined: 'failed' };
}

function minor(id: CheckId, needs: readonly CheckId[], examine: Check['examine']): Check {
  return { id, needs, examine, unexamined: 'warning' };
}
