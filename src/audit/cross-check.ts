import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import { type AuthorizationKind, isAbout, isBy } from '../storage/guards/audit-sql.ts';

/** A mismatch between the audit trail and the other tables. */
export type Mismatch = { readonly what: string; readonly id: string };

/** More than a person examines one by one. */
const MAX_MISMATCHES = 20;
/** The number of incidents that one statement compares, so that it takes milliseconds however many there are. */
const INCIDENTS_AT_A_TIME = 1_000;

/**
 * Compares incidents, approvals and break-glass acts with the audit trail in both directions: every decision must have an entry,
 * and every entry a decision. Each comparison of some incidents is one statement, so that a concurrent decision is not a
 * mismatch. Returns at most 20 of each kind.
 */
export async function crossCheck(db: Db, incidentsAtATime = INCIDENTS_AT_A_TIME): Promise<readonly Mismatch[]> {
  const found = new Map(CHECKS.map(({ what }) => [what, [] as Mismatch[]]));
  for await (const isInRange of idRanges(db, incidentsAtATime))
    for (const { what, query, incidentId } of CHECKS) {
      const ofKind = found.get(what) ?? [];
      const limit = sql.lit(MAX_MISMATCHES - ofKind.length);
      const inRange = sql<{
        readonly id: string;
      }>`${sql.raw(query)} and ${isInRange(sql.raw(incidentId))} limit ${limit}`;
      const { rows } = await inRange.execute(db);
      ofKind.push(...rows.map(({ id }) => ({ what, id })));
    }
  return [...found.values()].flat();
}

/** Builds SQL for whether an incident's id is in a range. */
type IsInRange = (id: RawBuilder<unknown>) => RawBuilder<unknown>;

/** Divides all ids, also missing ones and those that no incident has, into ranges of at most this number of incidents. */
async function* idRanges(db: Db, size: number): AsyncGenerator<IsInRange> {
  yield (id) => sql`${id} is null`;
  yield (id) => sql`${id} = ''`;
  for (let after = ''; ; ) {
    const beginning = after;
    const ids = db.selectFrom('incidents').select('id').where('id', '>', after).orderBy('id');
    const last = await ids
      .offset(size - 1)
      .limit(1)
      .executeTakeFirst();
    if (last === undefined) return yield (id) => sql`${id} > ${beginning}`;
    yield (id) => sql`${id} > ${beginning} and ${id} <= ${last.id}`;
    after = last.id;
  }
}

/**
 * Returns SQL for whether an entry can be about this approval or act. Entries of shape 1 name none, so they count for every one
 * of their incident.
 */
function canBeAbout(entry: string, kind: AuthorizationKind, id: string): string {
  return `(${isAbout(entry, kind, id)} or substr(${entry}.details, 1, 11) <> '{"shape":2,')`;
}

/** Returns SQL for whether entry `a` is this action by this person, about row `p` of approvals or break-glass acts. */
function isOf(action: string, kind: AuthorizationKind, person: string): string {
  return `a.incident_id = p.incident_id and a.action = '${action}' and ${isBy('a', `p.${person}`)} and ${canBeAbout('a', kind, 'p.id')}`;
}

type Decision = readonly [table: string, action: string, kind: AuthorizationKind, person: string];

const DECISIONS: readonly Decision[] = [
  ['approvals', 'approve', 'approval', 'approver_id'],
  ['approvals', 'confirm', 'approval', 'confirmer_id'],
  ['break_glass_acts', 'break_glass', 'breakGlass', 'actor_id'],
  ['break_glass_acts', 'review_break_glass', 'breakGlass', 'reviewer_id'],
];

type Check = {
  readonly what: string;
  /** Ends with a condition. */
  readonly query: string;
  /** The column by which the query is limited to some incidents. */
  readonly incidentId: string;
};

function bothWays([table, action, kind, person]: Decision): readonly Check[] {
  const entry = isOf(action, kind, person);
  return [
    {
      what: `a row of ${table} without the entry "${action}" of its ${person}`,
      query: `select p.id from ${table} p
       where p.${person} is not null and not exists (select 1 from audit a where ${entry})`,
      incidentId: 'p.incident_id',
    },
    {
      what: `an entry "${action}" without its row of ${table}`,
      query: `select a.incident_id as id from audit a
       where a.action = '${action}' and not exists (select 1 from ${table} p where ${entry})`,
      incidentId: 'a.incident_id',
    },
  ];
}

/** Selects the entries that contain the state in which they left an incident. Other entries may have been written during a change. */
const APPLIED = `substr(a.details, 1, 31) = '{"shape":2,"outcome":"applied",'`;

const CHECKS: readonly Check[] = [
  ...DECISIONS.flatMap(bothWays),
  {
    what: 'a call to Exchange without the entries of two people, or of a break-glass act',
    query: `select u.incident_id as id from audit u where u.action in ('unblock_intended', 'unblock_accepted')
       and not exists (select 1 from approvals p where ${canBeAbout('u', 'approval', 'p.id')}
         and exists (select 1 from audit a where ${isOf('approve', 'approval', 'approver_id')} and a.seq < u.seq)
         and exists (select 1 from audit a where ${isOf('confirm', 'approval', 'confirmer_id')} and a.seq < u.seq)
         and p.incident_id = u.incident_id)
       and not exists (select 1 from break_glass_acts p where ${canBeAbout('u', 'breakGlass', 'p.id')}
         and exists (select 1 from audit a where ${isOf('break_glass', 'breakGlass', 'actor_id')} and a.seq < u.seq)
         and p.incident_id = u.incident_id)`,
    incidentId: 'u.incident_id',
  },
  {
    what: 'an incident with a call to Exchange that no entry "unblock_intended" records',
    query: `select i.id from incidents i where i.intended_authorization_id is not null and not exists
       (select 1 from audit a where a.incident_id = i.id and a.action = 'unblock_intended'
         and (${canBeAbout('a', 'approval', 'i.intended_authorization_id')} or ${canBeAbout('a', 'breakGlass', 'i.intended_authorization_id')}))`,
    incidentId: 'i.id',
  },
  {
    what: 'an entry "opened" without its incident',
    query: `select a.incident_id as id from audit a where a.action = 'opened' and not exists
       (select 1 from incidents i where i.id = a.incident_id)`,
    incidentId: 'a.incident_id',
  },
  {
    what: 'an incident without an entry "opened"',
    query: `select i.id from incidents i where not exists
       (select 1 from audit a where a.incident_id = i.id and a.action = 'opened')`,
    incidentId: 'i.id',
  },
  {
    what: 'an incident whose connector differs from that of its entries',
    query: `select i.id from incidents i where i.connector_id is not null and not exists
       (select 1 from audit a where a.incident_id = i.id and a.connector_id = i.connector_id)`,
    incidentId: 'i.id',
  },
  {
    what: 'an incident whose state differs from that of its last entry',
    query: `select i.id from incidents i join audit a on a.incident_id = i.id
     where a.seq = (select max(seq) from audit a where a.incident_id = i.id and ${APPLIED})
       and replace(a.details, '"state":"' || i.state || '"', '') = a.details`,
    incidentId: 'i.id',
  },
  {
    what: 'an incident whose document and row have different states',
    query: `select i.id from incidents i where replace(i.document, '"state":"' || i.state || '"', '') = i.document`,
    incidentId: 'i.id',
  },
];
