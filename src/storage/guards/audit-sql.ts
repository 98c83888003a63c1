/** The name under which an entry's details contain its authorization. */
export type AuthorizationKind = 'approval' | 'breakGlass';

/** The actions that end an authorization before Exchange is called, and the call itself, because an authorization allows only one. */
export const AUTHORIZATION_ENDINGS: readonly string[] = [
  'reject',
  'withdraw',
  'approval_expired',
  'approval_voided',
  'stop_break_glass',
  'break_glass_voided',
  'unblock_intended',
];

/** Returns SQL for whether an entry is about an authorization. Unlike `like`, `replace` treats no part of an id as a pattern. */
export function isAbout(entry: string, kind: AuthorizationKind, id: string): string {
  return `replace(${entry}.details, '"${kind}":{"id":"' || ${id} || '"', '') <> ${entry}.details`;
}

/** Returns SQL for whether an entry's actor, `tenant/object`, is this person. */
export function isBy(entry: string, person: string): string {
  return `substr(${entry}.actor_id, length(${entry}.actor_id) - length(${person})) = '/' || ${person}`;
}
