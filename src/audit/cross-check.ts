import { sql } from 'kysely';
import type { Db } from '../storage/database.ts';
import { type AuthorizationKind, isAbout, isBy } from '../storage/guards/audit-sql.ts';

/** A mismatch between the audit trail and the other tables. */
export type Mismatch = { readonly what: string; readonly id: string };

/** More than a person examines one by one. */
const MAX_MISMATCHES = 20;

/**
 * Compares incidents, approvals and break-glass acts with the audit trail in both directions: every decision must have an entry,
 * and every entry a decision. Each comparison is one statement, so that a concurrent decision is not a mismatch. Returns at most
 * 20 of each kind.
 */
export async function crossCheck(db: Db): Promise<readonly Mismatch[]> {
  const found: Mismatch[] = [];
  for (const [kind, query] of CHECKS) {
    const { rows } = await sql<{ readonly id: string }>`${sql.raw(`${query} limit ${MAX_MISMATCHES}`)}`.execute(db);
    found.push(...rows.map(({ id }) => ({ what: kind, id })));
  }
  return found;
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

type Check = readonly [what: string, query: string];

function bothWays([table, action, kind, person]: Decision): readonly Check[] {
  const entry = isOf(action, kind, person);
  return [
    [
      `a row of ${table} without the entry "${action}" of its ${person}`,
      `select p.id from ${table} p where p.${person} is not null and not exists (select 1 from audit a where ${entry})`,
    ],
    [
      `an entry "${action}" without its row of ${table}`,
      `select a.incident_id as id from audit a
       where a.action = '${action}' and not exists (select 1 from ${table} p where ${entry})`,
    ],
  ];
}

/** Selects the entries that contain the state in which they left an incident. Other entries may have been written during a change. */
const APPLIED = `substr(a.details, 1, 31) = '{"shape":2,"outcome":"applied",'`;

const CHECKS: readonly Check[] = [
  ...DECISIONS.flatMap(bothWays),
  [
    'a call to Exchange without the entries of two people, or of a break-glass act',
    `select u.incident_id as id from audit u where u.action in ('unblock_intended', 'unblock_accepted')
       and not exists (select 1 from approvals p where ${canBeAbout('u', 'approval', 'p.id')}
         and exists (select 1 from audit a where ${isOf('approve', 'approval', 'approver_id')} and a.seq < u.seq)
         and exists (select 1 from audit a where ${isOf('confirm', 'approval', 'confirmer_id')} and a.seq < u.seq)
         and p.incident_id = u.incident_id)
       and not exists (select 1 from break_glass_acts p where ${canBeAbout('u', 'breakGlass', 'p.id')}
         and exists (select 1 from audit a where ${isOf('break_glass', 'breakGlass', 'actor_id')} and a.seq < u.seq)
         and p.incident_id = u.incident_id)`,
  ],
  [
    'an incident with a call to Exchange that no entry "unblock_intended" records',
    `select i.id from incidents i where i.intended_authorization_id is not null and not exists
       (select 1 from audit a where a.incident_id = i.id and a.action = 'unblock_intended'
         and (${canBeAbout('a', 'approval', 'i.intended_authorization_id')} or ${canBeAbout('a', 'breakGlass', 'i.intended_authorization_id')}))`,
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
    'an incident whose connector differs from that of its entries',
    `select i.id from incidents i where i.connector_id is not null and not exists
       (select 1 from audit a where a.incident_id = i.id and a.connector_id = i.connector_id)`,
  ],
  [
    'an incident whose state differs from that of its last entry',
    `select i.id from incidents i join audit a on a.incident_id = i.id
     where a.seq = (select max(seq) from audit a where a.incident_id = i.id and ${APPLIED})
       and replace(a.details, '"state":"' || i.state || '"', '') = a.details`,
  ],
  [
    'an incident whose document and row have different states',
    `select i.id from incidents i where replace(i.document, '"state":"' || i.state || '"', '') = i.document`,
  ],
];
