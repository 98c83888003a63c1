/** What can be examined, in the order it is shown. The ids are stable: machines read them. */
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
  'alerts_permission',
  'groups_permission',
  'users_permission',
  'organization_permission',
  'powershell',
  'exchange_permission',
  'blocked_connectors',
  'inbound_connectors',
  'unblock',
  'alert_policy',
  'audit_log',
  'audit_search',
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

/** A sentence that says what is so, and one that says what to do about it; null when there is nothing to do. */
export type Said = { readonly says: string; readonly todo: string | null };

export function say(says: string, todo: string | null = null): Said {
  return { says, todo };
}

/** `failed`: the service could not do its main work, to tell of a restriction and have two admins lift it. `warning`: it could, with something missing. */
export type Finding = Said & { readonly id: CheckId; readonly status: Status };

/** What a check found, before it is known which check it was. */
export type Found = Said & { readonly status: Status };

export function ok(said: Said): Found {
  return { status: 'ok', ...said };
}

export function warning(said: Said): Found {
  return { status: 'warning', ...said };
}

export function failed(said: Said): Found {
  return { status: 'failed', ...said };
}

export function skipped(said: Said): Found {
  return { status: 'skipped', ...said };
}
