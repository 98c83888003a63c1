import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';

/** Something that the audit trail and the other tables do not agree on. */
export type Mismatch = { readonly what: string; readonly id: string };

/** More than a person looks into one by one. */
const MOST = 20;

/**
 * Compares incidents and approvals with the audit trail, both ways: what was decided must be on record, and what is on record
 * must be there. Gives at most 20 of each kind.
 */
export async function crossCheck(db: Db): Promise<readonly Mismatch[]> {
  const found: Mismatch[] = [];
  for (const [what, query] of CHECKS) {
    const { rows } = await sql<{ readonly id: string }>`${sql.raw(`${query} limit ${MOST}`)}`.execute(db);
    found.push(...rows.map(({ id }) => ({ what, id })));
  }
  return found;
}

function recorded(action: string, person: string): string {
  return `exists (select 1 from audit a where a.incident_id = p.incident_id and a.action = '${action}'
    and replace(a.actor_id, '/' || ${person}, '') <> a.actor_id
    and replace(a.details, '"approval":{"id":"' || p.id || '"', '') <> a.details)`;
}

const CHECKS: readonly (readonly [what: string, query: string])[] = [
  [
    'an approval without an entry "approve" by its approver',
    `select p.id from approvals p where not ${recorded('approve', 'p.approver_id')}`,
  ],
  [
    'a confirmation without an entry "confirm" by its confirmer',
    `select p.id from approvals p where p.confirmer_id is not null and not ${recorded('confirm', 'p.confirmer_id')}`,
  ],
  [
    'an entry "approve" without an approval of its incident',
    `select a.incident_id as id from audit a where a.action = 'approve' and not exists
       (select 1 from approvals p where p.incident_id = a.incident_id)`,
  ],
  [
    'an entry "opened" without its incident',
    `select a.incident_id as id from audit a where a.action = 'opened' and not exists
       (select 1 from incidents i where i.id = a.incident_id)`,
  ],
  [
    'an incident without an entry "opened"',
    `select i.id from incidents i where not exists
       (select 1 from audit a where a.incident_id = i.id and a.action = 'opened')`,
  ],
  [
    'an incident whose connector is another than its entry "opened" or a later one names',
    `select i.id from incidents i where i.connector_id is not null and not exists
       (select 1 from audit a where a.incident_id = i.id and a.connector_id = i.connector_id)`,
  ],
];
