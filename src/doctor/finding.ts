/** The checks, in the order of display. The ids are stable, because programs read them. */
export const CHECK_IDS = [
  'settings',
  'database_disk',
  'database',
  'database_clock',
  'jobs',
  'reading',
  'audit_trail',
  'identity',
  'graph_token',
  'exchange_token',
  'teams_token',
  'credential_expiry',
  'alerts_permission',
  'groups_permission',
  'users_permission',
  'organization_permission',
  'exchange_host',
  'powershell',
  'exchange_permission',
  'blocked_connectors',
  'inbound_connectors',
  'unblock',
  'alert_policy',
  'audit_log',
  'audit_search',
  'hunting',
  'message_trace',
  'identity_risk',
  'approver_roles',
  'approvers',
  'break_glass_group',
  'escalation_group',
  'bot_keys',
  'channel',
  'approvers_in_channel',
  'channel_messages',
  'public_url',
  'subscription',
  'clock',
  'shapes',
  'test_card',
] as const;

export type CheckId = (typeof CHECK_IDS)[number];

export type Status = 'ok' | 'warning' | 'failed' | 'skipped';

/** What was found, and what to do about it; `todo` is null when there is nothing to do. */
export type FindingText = { readonly says: string; readonly todo: string | null };

export function text(message: string, todo: string | null = null): FindingText {
  return { says: message, todo };
}

/**
 * `failed`: the service cannot do its main work, which is to report a restriction and have two admins lift it. `warning`: it
 * can, but something is missing.
 */
export type Finding = FindingText & {
  readonly id: CheckId;
  readonly status: Status;
  /** The command of this repository that does what `todo` describes, where there is one. */
  readonly command?: string;
};

/** The result of a check, without its id. */
export type Found = FindingText & { readonly status: Status };

export function ok(text: FindingText): Found {
  return { status: 'ok', ...text };
}

export function warning(text: FindingText): Found {
  return { status: 'warning', ...text };
}

export function failed(text: FindingText): Found {
  return { status: 'failed', ...text };
}

export function skipped(text: FindingText): Found {
  return { status: 'skipped', ...text };
}
