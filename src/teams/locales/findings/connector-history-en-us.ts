import type { Ending } from '../../../incident/model/ending.ts';
import type { AccountStatements } from '../../../incident/model/statements/accounts.ts';
import type { ConfigurationChangeStatements } from '../../../incident/model/statements/configuration-change.ts';
import type { EarlierRestrictionStatements } from '../../../incident/model/statements/earlier-restrictions.ts';
import type { StatementSentences } from './finding-texts.ts';

type Author = { readonly by: string | null; readonly address: string | null };

const by = ({ by: who, address }: Author) => {
  if (who === null) return ', by whom is unknown';
  return address === null ? ` by ${who}` : ` by ${who} from ${address}`;
};

/** Values of riskyUser (Microsoft Graph); another value is shown as it is. */
const levels: Readonly<Record<string, string>> = { low: 'low', medium: 'medium', high: 'high' };
const states: Readonly<Record<string, string>> = { atRisk: 'at risk', confirmedCompromised: 'confirmed compromised' };

const changes = (all: readonly { readonly property: string; readonly before: string; readonly after: string }[]) =>
  all.map(({ property, before, after }) => `${property}: ${before} → ${after}`).join('; ');

const endings: { readonly [ending in Ending]: string } = {
  two_admins: 'two admins unblocked it',
  break_glass: 'one person unblocked it by break-glass',
  earlier_call: 'an earlier unblock took effect late',
  elsewhere: 'it ended outside this bot',
  connector_removed: 'the connector was deleted',
  alert_lapsed: 'the alert lapsed',
  alert_resolved: 'the alert was resolved',
  alert_moved: 'the alert was another connector’s',
};

export const connectorHistoryEnUs: StatementSentences<
  keyof (ConfigurationChangeStatements & AccountStatements & EarlierRestrictionStatements)
> = {
  changed_before_restriction: (of, { duration }) => `Changed ${duration(of.beforeMs)} before the restriction${by(of)}.`,
  changed_after_restriction: (of, { time }) => `Changed after the restriction, ${time(of.at)}${by(of)}.`,
  changed_lately: (of, { time }) => `Changed ${time(of.at)}${by(of)}.`,
  created_before_restriction: (of, { duration }) => `Created ${duration(of.beforeMs)} before the restriction${by(of)}.`,
  creation_not_recorded: ({ createdAt }, { time }) =>
    `Created ${time(createdAt)}, and the audit log has no record of who created it.`,
  settings_differ: ({ changes: differing, count, knownAt }, { time }) =>
    `Differs from what it was ${time(knownAt)}: ${changes(differing)}${count > differing.length ? ` (+${count - differing.length} more)` : ''}.`,
  unchanged_since: ({ at }, { time }) => `Not changed since ${time(at)}.`,
  change_time_unknown: () => 'Not checked: Exchange did not say when it was last changed.',
  account_unknown: () => 'Not checked: the account that last changed it is not known.',
  no_account_to_check: ({ since }, { time }) =>
    `Nobody changed it since ${time(since)}, as far back as the audit log was searched.`,
  account_not_found: ({ account }) =>
    `${account}, the last to change it, is not a user in the directory: an application, a Microsoft process, a partner’s admin, or deleted.`,
  later_change_unrecorded: ({ changedAt }, { time }) =>
    `Who changed it ${time(changedAt)} is unknown: the audit log has no record of that change, or none yet.`,
  account_disabled: ({ account }) => `${account}, the last to change it, is disabled.`,
  account_at_risk: ({ account, level, state }) =>
    `${account}, the last to change it, is at risk in Identity Protection (level ${levels[level] ?? level}, state ${states[state] ?? state}).`,
  password_older_than_change: ({ account, passwordAt }, { time }) =>
    `${account} changed it shortly before the restriction and has not had a new password since (last set ${time(passwordAt)}).`,
  account_in_order: ({ account, riskRead }) =>
    riskRead
      ? `${account}, the last to change it in the audit log, is enabled and at no known risk.`
      : `${account}, the last to change it in the audit log, is enabled; its risk was not checked.`,
  restricted_before: ({ count, days, lastAt }, { time }) =>
    `Restricted ${count === 1 ? 'once' : `${count} times`} before in ${days} days, last ${time(lastAt)}.`,
  ended_before: ({ ending, reason, heldMs }, { duration }) =>
    `Last time ${endings[ending]}${reason === null ? '' : ` (“${reason}”)`}; it held for ${duration(heldMs)}.`,
  none_on_record: ({ since }, { time }) =>
    since === null ? 'No earlier restriction on record.' : `No earlier restriction on record since ${time(since)}.`,
};
