import { AUTHORIZATION_ENDINGS, type AuthorizationKind, isAbout, isBy } from './audit-sql.ts';

/** A rule that the database itself enforces for every client: a trigger that refuses a write when its condition is true. */
export type Guard = {
  readonly name: string;
  readonly before: 'insert' | 'update' | 'delete';
  readonly table: GuardedTable;
  /** The condition, in terms of `old` and `new` and in SQL valid on both databases. */
  readonly when: string;
};

type GuardedTable = (typeof GUARDED_TABLES)[number];

/** The tables with guards. They must never be truncated, because that bypasses row triggers. SQLite has no such statement. */
export const GUARDED_TABLES = [
  ...(['audit', 'audit_head', 'incidents', 'approvals', 'break_glass_acts', 'jobs', 'trail'] as const),
];

/** Returns SQL for "is distinct from", for which the two databases have no common operator. */
function differs(column: string): string {
  const [before, after] = [`old.${column}`, `new.${column}`];
  return `(${before} <> ${after} or (${before} is null) <> (${after} is null))`;
}

/** Returns SQL for equality. It is not the negation of `differs`, which is null for two nulls. */
function isSame(column: string): string {
  return `(old.${column} = new.${column} or (old.${column} is null and new.${column} is null))`;
}

function anyDiffers(...columns: readonly string[]): string {
  return columns.map(differs).join(' or ');
}

function exists(table: string, where: string): string {
  return `exists (select 1 from ${table} where ${where})`;
}

/** Returns SQL for whether a card of revision `shown`, or of an unknown one, lacks what cards show from revision `from` on. */
function isBefore(shown: string, from: string): string {
  return `(${from} is not null and (${shown} is null or ${shown} < ${from}))`;
}

/** Returns SQL for whether an entry ended or used an authorization. */
function ended(incident: string, kind: AuthorizationKind, id: string): string {
  const actions = AUTHORIZATION_ENDINGS.map((action) => `'${action}'`).join(', ');
  return `exists (select 1 from audit e where e.incident_id = ${incident} and ${isAbout('e', kind, id)}
    and e.action in (${actions}))`;
}

/** Returns SQL for whether the audit trail has a valid approval and confirmation of this connector by two different people. */
function auditedApproval(id: string, connector: string): string {
  return `exists (select 1 from approvals p
    join incidents i on i.id = p.incident_id
    join audit a on a.incident_id = p.incident_id and a.action = 'approve'
    join audit c on c.incident_id = p.incident_id and c.action = 'confirm'
    where p.id = ${id} and a.actor_id <> c.actor_id and a.seq < c.seq
      and a.connector_id = ${connector} and c.connector_id = ${connector}
      and ${isBy('a', 'p.approver_id')} and ${isBy('c', 'p.confirmer_id')}
      and ${isAbout('a', 'approval', 'p.id')} and ${isAbout('c', 'approval', 'p.id')}
      and not ${ended('p.incident_id', 'approval', 'p.id')})`;
}

/** Returns SQL for whether the audit trail has a valid break-glass act, from its beginning to the end of its wait. */
function auditedAct(id: string, connector: string): string {
  return `exists (select 1 from break_glass_acts g
    join incidents i on i.id = g.incident_id
    join audit a on a.incident_id = g.incident_id and a.action = 'break_glass'
    join audit c on c.incident_id = g.incident_id and c.action = 'break_glass_due'
    where g.id = ${id} and a.seq < c.seq and ${isBy('a', 'g.actor_id')}
      and a.connector_id = ${connector} and c.connector_id = ${connector}
      and ${isAbout('a', 'breakGlass', 'g.id')} and ${isAbout('c', 'breakGlass', 'g.id')}
      and not ${ended('g.incident_id', 'breakGlass', 'g.id')})`;
}

function audited(id: string, connector: string): string {
  return `${auditedApproval(id, connector)} or ${auditedAct(id, connector)}`;
}

/** Returns SQL for whether a confirmed approval or a break-glass act with this id exists. */
function confirmed(id: string, actId: string): string {
  return `${exists('approvals', `id = ${id} and confirmer_id is not null`)} or ${exists('break_glass_acts', `id = ${actId}`)}`;
}

const UNBLOCK_KEY = 'unblock:';
/** The id at the end of the key of a job to unblock. */
const UNBLOCK_ID = `substr(new.key, ${UNBLOCK_KEY.length + 1})`;

/** The columns that are final. Locking increments `revision`, and an alert may still be linked, so those may change after the end. */
const OF_A_FINAL_INCIDENT = ['state', 'connector_id', 'opened_at', 'ended_at', 'ending', 'approver_id', 'confirmer_id'];

const OF_AN_INCIDENT: readonly Guard[] = [
  {
    name: 'final_incidents_are_never_changed',
    before: 'update',
    table: 'incidents',
    when: `old.ended_at is not null and (${anyDiffers(...OF_A_FINAL_INCIDENT)})`,
  },
  { name: 'final_incidents_are_never_deleted', before: 'delete', table: 'incidents', when: 'old.ended_at is not null' },
  { name: 'incidents_are_never_deleted', before: 'delete', table: 'incidents', when: 'old.ended_at is null' },
  {
    name: 'incidents_are_never_replaced',
    before: 'insert',
    table: 'incidents',
    when: `${exists('incidents', 'id = new.id')} or (new.ended_at is null and
      ${exists('incidents', 'connector_id = new.connector_id and ended_at is null')})`,
  },
  {
    name: 'incidents_keep_their_ids',
    before: 'update',
    table: 'incidents',
    when: `${differs('id')} or (new.ended_at is null and
      ${exists('incidents', 'connector_id = new.connector_id and ended_at is null and id <> new.id')})`,
  },
  {
    name: 'incidents_keep_their_connector',
    before: 'update',
    table: 'incidents',
    when: `old.ended_at is null and old.connector_id is not null and ${differs('connector_id')}`,
  },
];

const OF_TWO_PEOPLE: readonly Guard[] = [
  { name: 'approvals_are_never_deleted', before: 'delete', table: 'approvals', when: 'true' },
  {
    name: 'approvals_are_never_replaced',
    before: 'insert',
    table: 'approvals',
    when: exists('approvals', 'id = new.id'),
  },
  {
    name: 'approvals_keep_their_people',
    before: 'update',
    table: 'approvals',
    when: `${anyDiffers('id', 'incident_id', 'approver_id', 'approved_at')} or
      (old.confirmer_id is not null and ${differs('confirmer_id')})`,
  },
  {
    name: 'no_confirmation_from_before_a_danger',
    before: 'update',
    table: 'approvals',
    when: `old.confirmer_id is null and new.confirmer_id is not null
      and (${isBefore('new.confirmed_shown', 'old.dangers_from')} or ${isBefore('new.confirmed_shown', 'new.dangers_from')})`,
  },
  { name: 'break_glass_acts_are_never_deleted', before: 'delete', table: 'break_glass_acts', when: 'true' },
  {
    name: 'break_glass_acts_are_never_replaced',
    before: 'insert',
    table: 'break_glass_acts',
    when: exists('break_glass_acts', 'id = new.id'),
  },
  {
    name: 'break_glass_acts_keep_their_person',
    before: 'update',
    table: 'break_glass_acts',
    when: `${anyDiffers('id', 'incident_id', 'actor_id', 'started_at', 'acts_at')} or
      (old.reviewer_id is not null and ${differs('reviewer_id')})`,
  },
];

const OF_AN_UNBLOCK: readonly Guard[] = [
  {
    name: 'no_unblock_intended_without_confirmation',
    before: 'update',
    table: 'incidents',
    when: `new.intended_authorization_id is not null and ${differs('intended_authorization_id')}
      and not (${confirmed('new.intended_authorization_id', 'new.intended_authorization_id and id = new.break_glass_id')})`,
  },
  {
    name: 'no_unblock_intended_from_the_start',
    before: 'insert',
    table: 'incidents',
    when: 'new.intended_authorization_id is not null',
  },
  {
    name: 'no_unblock_intended_without_audit',
    before: 'update',
    table: 'incidents',
    when: `new.intended_authorization_id is not null and ${differs('intended_authorization_id')}
      and not (${audited('new.intended_authorization_id', 'new.connector_id')})`,
  },
  {
    name: 'no_unblock_asked_without_confirmation',
    before: 'insert',
    table: 'jobs',
    when: `new.task = 'unblock_connector' and (new.key <> '${UNBLOCK_KEY}' || ${UNBLOCK_ID} or
      not (${confirmed(UNBLOCK_ID, UNBLOCK_ID)}))`,
  },
  {
    name: 'no_unblock_asked_without_audit',
    before: 'insert',
    table: 'jobs',
    when: `new.task = 'unblock_connector' and (not (${audited(UNBLOCK_ID, 'i.connector_id')})
      or replace(new.payload, '"authorizationId":"' || ${UNBLOCK_ID} || '"', '') = new.payload)`,
  },
  {
    name: 'jobs_keep_their_task',
    before: 'update',
    table: 'jobs',
    when: `${anyDiffers('id', 'key', 'lane', 'task')} or (old.task = 'unblock_connector' and ${differs('payload')})`,
  },
];

const OF_THE_TRAIL: readonly Guard[] = [
  { name: 'audit_entries_are_never_changed', before: 'update', table: 'audit', when: 'true' },
  { name: 'audit_entries_are_never_deleted', before: 'delete', table: 'audit', when: 'true' },
  {
    name: 'audit_entries_are_never_replaced',
    before: 'insert',
    table: 'audit',
    when: exists('audit', 'seq = new.seq'),
  },
  { name: 'the_audit_has_one_head', before: 'insert', table: 'audit_head', when: exists('audit_head', 'seq >= 0') },
  { name: 'the_audit_keeps_its_head', before: 'delete', table: 'audit_head', when: 'true' },
  { name: 'the_audit_head_never_goes_back', before: 'update', table: 'audit_head', when: 'new.seq < old.seq' },
  { name: 'the_trail_has_one_state', before: 'insert', table: 'trail', when: exists('trail', 'id >= 0') },
  { name: 'the_trail_keeps_its_state', before: 'delete', table: 'trail', when: 'true' },
  {
    name: 'a_break_is_only_accepted',
    before: 'update',
    table: 'trail',
    when: `${differs('id')} or (old.break is not null and new.break is null and ${isSame('accepted_seq')})
      or (${differs('accepted_seq')} and (new.accepted_seq is null or new.accepted_seq < old.accepted_seq
        or not ${exists('audit', "seq = new.accepted_seq and action = 'trail_accepted'")}))`,
  },
];

/**
 * All guards. SQLite's `replace` deletes rows without firing a delete trigger, so a row that must not be replaced is refused
 * before the insert. A change of a guard needs a migration, or the service reports the guards of an older version as changed.
 */
export const GUARDS: readonly Guard[] = [...OF_THE_TRAIL, ...OF_AN_INCIDENT, ...OF_TWO_PEOPLE, ...OF_AN_UNBLOCK];
