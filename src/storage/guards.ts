import { type Kysely, PostgresAdapter, sql } from 'kysely';

/** A rule that the database itself holds, whatever writes to it: a trigger that refuses when its condition is true. */
export type Guard = {
  readonly name: string;
  readonly before: 'insert' | 'update' | 'delete';
  readonly table: 'audit' | 'audit_head' | 'incidents' | 'approvals' | 'break_glass_acts' | 'jobs';
  /** In terms of `old` and `new`, in SQL that both databases know. */
  readonly when: string;
};

/** Neither database's own spelling of "is distinct from" is known to the other. */
function differs(column: string): string {
  const [before, after] = [`old.${column}`, `new.${column}`];
  return `(${before} <> ${after} or (${before} is null) <> (${after} is null))`;
}

function anyDiffers(...columns: readonly string[]): string {
  return columns.map(differs).join(' or ');
}

function exists(table: string, where: string): string {
  return `exists (select 1 from ${table} where ${where})`;
}

/** Whether an entry speaks of an authorization. `replace` takes no part of an id for a pattern, as `like` would. */
function mentions(entry: string, what: 'approval' | 'breakGlass', id: string): string {
  return `replace(${entry}.details, '"${what}":{"id":"' || ${id} || '"', '') <> ${entry}.details`;
}

function by(entry: string, person: string): string {
  return `replace(${entry}.actor_id, '/' || ${person}, '') <> ${entry}.actor_id`;
}

/** The approval and the confirmation of two different people are in the audit trail. */
function auditedApproval(id: string): string {
  return `exists (select 1 from approvals p
    join audit a on a.incident_id = p.incident_id and a.action = 'approve'
    join audit c on c.incident_id = p.incident_id and c.action = 'confirm'
    where p.id = ${id} and a.actor_id <> c.actor_id and a.seq < c.seq
      and ${by('a', 'p.approver_id')} and ${by('c', 'p.confirmer_id')}
      and ${mentions('a', 'approval', 'p.id')} and ${mentions('c', 'approval', 'p.id')})`;
}

/** A break-glass act is in the audit trail from its beginning to the end of its wait. */
function auditedAct(id: string): string {
  return `exists (select 1 from break_glass_acts g
    join audit a on a.incident_id = g.incident_id and a.action = 'break_glass'
    join audit c on c.incident_id = g.incident_id and c.action = 'break_glass_due'
    where g.id = ${id} and a.seq < c.seq and ${by('a', 'g.actor_id')}
      and ${mentions('a', 'breakGlass', 'g.id')} and ${mentions('c', 'breakGlass', 'g.id')})`;
}

const UNBLOCK_KEY = 'unblock:';
/** The id that the key of a job to unblock ends with. */
const UNBLOCK_ID = `substr(new.key, ${UNBLOCK_KEY.length + 1})`;

/**
 * Guards beside those of the first migrations. SQLite's `replace` deletes rows without firing a delete trigger, so what must
 * not be replaced is refused before the insert.
 */
export const GUARDS: readonly Guard[] = [
  {
    name: 'audit_entries_are_never_replaced',
    before: 'insert',
    table: 'audit',
    when: exists('audit', 'seq = new.seq'),
  },
  { name: 'the_audit_has_one_head', before: 'insert', table: 'audit_head', when: exists('audit_head', 'seq >= 0') },
  { name: 'the_audit_keeps_its_head', before: 'delete', table: 'audit_head', when: 'true' },
  { name: 'the_audit_head_never_goes_back', before: 'update', table: 'audit_head', when: 'new.seq < old.seq' },
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
  {
    name: 'no_unblock_intended_without_audit',
    before: 'update',
    table: 'incidents',
    when: `new.intended_approval_id is not null and ${differs('intended_approval_id')}
      and not ${auditedApproval('new.intended_approval_id')} and not ${auditedAct('new.intended_approval_id')}`,
  },
  {
    name: 'no_unblock_asked_without_audit',
    before: 'insert',
    table: 'jobs',
    when: `new.task = 'unblock_connector'
      and not ${auditedApproval(UNBLOCK_ID)} and not ${auditedAct(UNBLOCK_ID)}`,
  },
];

/** Creates these guards, which must not be there yet. */
export async function createGuards(db: Kysely<unknown>, guards: readonly Guard[]): Promise<void> {
  for (const guard of guards) {
    const [first, ...rest] = statementsOf(guard, isPostgres(db));
    for (const statement of [first, ...rest]) if (statement !== undefined) await sql.raw(statement).execute(db);
  }
}

function statementsOf({ name, before, table, when }: Guard, postgres: boolean): readonly string[] {
  if (!postgres)
    return [
      `create trigger ${name} before ${before} on ${table} when ${when} begin select raise(abort, '${name}'); end`,
    ];
  return [
    `create or replace function ${name}() returns trigger language plpgsql as $$ begin
       if ${when} then raise exception '${name}'; end if;
       return ${before === 'delete' ? 'old' : 'new'};
     end $$`,
    `create trigger ${name} before ${before} on ${table} for each row execute function ${name}()`,
    // Otherwise a session in the role of a replica would pass by it.
    `alter table ${table} enable always trigger ${name}`,
  ];
}

function isPostgres(db: Kysely<unknown>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
