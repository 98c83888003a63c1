import type { Config } from '../config/config.ts';
import type { Check } from './check.ts';
import { examineAlertPolicy, examineAlertsPermission } from './checks/alerts.ts';
import {
  examineApproverRoles,
  examineApprovers,
  examineApproversInChannel,
  examineBreakGlassGroup,
  examineEscalationGroup,
} from './checks/approvers.ts';
import { examineAuditLog, examineAuditSearch } from './checks/audit-log.ts';
import { examineBotKeys } from './checks/bot-keys.ts';
import { examineChannel, examineChannelMessages } from './checks/channel.ts';
import { examineClock } from './checks/clock.ts';
import { examineDatabase, examineDatabaseClock, examineDatabaseDisk } from './checks/database.ts';
import {
  examineBlockedConnectors,
  examineExchangeHost,
  examineInboundConnectors,
  examinePowerShell,
  examineUnblock,
} from './checks/exchange.ts';
import { examineCredentialExpiry, examineIdentity, examineToken } from './checks/identity.ts';
import { examineHunting, examineIdentityRisk, examineMessageTrace } from './checks/optional-permissions.ts';
import {
  examineExchangePermission,
  examineGroupsPermission,
  examineOrganizationPermission,
  examineUsersPermission,
} from './checks/permissions.ts';
import { examinePublicUrl, examineSubscription } from './checks/push.ts';
import { examineAuditTrail, examineJobs, examineReading } from './checks/records.ts';
import { examineShapes } from './checks/shapes.ts';
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
