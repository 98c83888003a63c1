import { writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { appendAudit } from '../../../../src/storage/audit.ts';
import { saveObservation } from '../../../../src/storage/observations.ts';
import type { WellTenant } from '../well-tenant.ts';
import type { Breakage } from './breakage.ts';

const SEEN = {
  blocked: { items: [], complete: true, reason: null },
  inbound: { items: [], complete: true, reason: null },
};

const minutesFromNow = (well: WellTenant, minutes: number) =>
  well.inDatabase((db) => saveObservation(db, { ...SEEN, beganAt: Date.now() + minutes * 60_000, alerts: [] }));

export const DATABASE: readonly Breakage[] = [
  {
    broken: 'the database of a newer version',
    id: 'database',
    status: 'failed',
    says: /newer version/,
    todo: /Install the newer version/,
    breaks: (well) =>
      well.inDatabase((db) =>
        sql`insert into kysely_migration (name, timestamp) values ('9999-future', '')`.execute(db),
      ),
  },
  {
    broken: 'the database of a version before the first release',
    id: 'database',
    status: 'failed',
    says: /before the first release/,
    todo: /Export its audit trail/,
    breaks: (well) =>
      well.inDatabase((db) =>
        sql`insert into kysely_migration (name, timestamp) values ('0001-incidents', '')`.execute(db),
      ),
  },
  {
    broken: 'the database of an older version',
    id: 'database',
    status: 'warning',
    says: /older version/,
    todo: /backup.*start this version/,
    breaks: (well) => well.inDatabase((db) => sql`delete from kysely_migration where name like '0005%'`.execute(db)),
  },
  {
    broken: 'a database file that is none',
    id: 'database',
    status: 'failed',
    says: /cannot be opened/,
    todo: /DATABASE_URL/,
    breaks: (well) =>
      writeFileSync(`${well.settings.DATABASE_URL?.slice('file:'.length)}.txt`, 'no database '.repeat(99)),
    settings: { SUFFIX: '.txt' },
  },
  {
    broken: 'a database that does not exist',
    id: 'database',
    status: 'warning',
    says: /no database file yet/,
    todo: /DATABASE_URL/,
    settings: { SUFFIX: '.none' },
  },
  {
    broken: 'a database where nothing can be written',
    id: 'database_disk',
    status: 'failed',
    says: /may not write to \/dev\/null/,
    todo: /right to write/,
    settings: { DATABASE_URL: 'file:/dev/null/no/incidents.sqlite' },
  },
  {
    broken: 'a job that was set aside',
    id: 'jobs',
    status: 'warning',
    says: /set aside.*1 \(post_card\)/,
    todo: /log/,
    breaks: (well) =>
      well.inDatabase((db) =>
        db
          .insertInto('jobs')
          .values({
            ...{ id: 'j', key: 'k', lane: 'l', task: 'post_card', payload: '{}', state: 'dead', run_at: 0 },
            ...{ attempts: 9, claims: 9, lease_until: null, last_error: 'refused' },
          })
          .execute(),
      ),
  },
  {
    broken: 'a service that stopped reading',
    id: 'reading',
    status: 'warning',
    says: /31 minutes old/,
    todo: /Start the service/,
    breaks: (well) => minutesFromNow(well, -31),
  },
  {
    broken: 'an audit entry that somebody changed',
    id: 'audit_trail',
    status: 'failed',
    says: /broken at entry 2/,
    todo: /audit -- verify/,
    breaks: (well) =>
      well.inDatabase(async (db) => {
        const entry = { at: 1, action: 'approve', incidentId: null, connectorId: null, actor: null, details: {} };
        for (let made = 0; made < 3; made += 1) await db.transaction().execute((trx) => appendAudit(trx, entry));
        // Whoever owns the database can take its rules away.
        await sql`drop trigger audit_entries_are_never_changed`.execute(db);
        await db.updateTable('audit').set({ action: 'confirm' }).where('seq', '=', 2).execute();
      }),
  },
];
