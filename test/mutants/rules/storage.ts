import { mutantsOf } from '../mutant.ts';

const JOBS = 'storage/jobs.ts';
const VERIFY = 'audit/verify.ts';
const RECORD = 'audit/authorization-record.ts';
const GUARDS = 'storage/guards/guards.ts';
const SHARED = 'storage/shared-transactions.ts';
const INSTALL = 'storage/guards/install-guards.ts';

export const storage = [
  ...mutantsOf('leases', { tier: 'storage', tests: ['unit/jobs/worker.test.ts'], grep: 'SQLite' }, [
    [
      'a lease is never renewed',
      'jobs/run-job.ts',
      'extendLease(db, job, clock() + leaseMs).catch(',
      'Promise.resolve().catch(',
      { grep: 'SQLite.*renews the lease' },
    ],
    [
      'a job whose worker is gone is never taken up',
      JOBS,
      ".where('state', '=', 'running').where('lease_until', '<=', until)",
      ".where('state', '=', 'running').where('lease_until', '<', 0)",
      { tests: ['unit/storage/jobs.test.ts'] },
    ],
    [
      'a job is taken from a worker that still has it',
      JOBS,
      ".where('state', '=', 'running').where('lease_until', '<=', until)",
      ".where('state', '=', 'running')",
      { tests: ['unit/jobs/worker.test.ts', 'unit/storage/jobs.test.ts'] },
    ],
    [
      'an older run of a job says what became of it',
      JOBS,
      "    .where('state', '=', 'running')\n    .where('claims', '=', claimed.claims)\n    .executeTakeFirst();\n  return numDeletedRows > 0n;",
      '    .executeTakeFirst();\n  return numDeletedRows > 0n;',
      { tests: ['unit/jobs/worker.test.ts', 'unit/storage/jobs.test.ts'] },
    ],
    ['a handler with a bug is tried forever', 'jobs/run-job.ts', 'attempt >= MAX_BUGS', 'false'],
  ]),
  ...mutantsOf('chain', { tier: 'storage', tests: ['unit/audit/audit.test.ts'], grep: 'SQLite' }, [
    ['an entry that was changed is not found', VERIFY, '  if (hashOf(row) !== hash) return ', '  if (seq < 0) return '],
    ['an entry that was removed is not found', VERIFY, '  if (seq !== last.seq + 1) return ', '  if (seq < 0) return '],
    [
      'an entry in another place is not found',
      VERIFY,
      '  if (row.previous_hash !== last.hash) return ',
      '  if (seq < 0) return ',
    ],
    [
      'a missing end is not found',
      VERIFY,
      '  if (last.seq !== head.seq) return ',
      '  if (last.seq < 0) return ',
      { grep: 'SQLite' },
    ],
    ['an entry past the end is not found', VERIFY, '  if (lastSeq > head.seq) return ', '  if (lastSeq < 0) return '],
    ['an anchor is not compared', VERIFY, 'anchor.seq === seq && !hash.startsWith(anchor.hash)', 'anchor.seq < 0'],
    [
      'who acted is not in the hash',
      'storage/audit.ts',
      'const columns = [seq, at, action, incident_id, connector_id, actor_id, actor_name];',
      'const columns = [seq, at, action, incident_id, connector_id, actor_id];',
    ],
  ]),
  ...mutantsOf('shared transactions', { tier: 'storage', tests: ['unit/storage/shared-transactions.test.ts'] }, [
    [
      'work runs again after a commit that failed',
      SHARED,
      '      if (error instanceof FailedWork) alone(entry);\n      else entry.settle(Promise.reject(error));\n',
      '      alone(entry);\n',
      { grep: 'SQLite' },
    ],
    [
      'work that fails takes the others along',
      SHARED,
      'if (error instanceof FailedWork) alone(entry);',
      'if (error === null) alone(entry);',
      { grep: 'SQLite' },
    ],
    [
      'work waits for an incident that another replica has locked',
      SHARED,
      'for no key update skip locked',
      'for no key update',
      { grep: 'two replicas' },
    ],
  ]),
  ...mutantsOf(
    'recorded decision',
    { tier: 'storage', tests: ['unit/audit/authorization-record.test.ts'], grep: 'SQLite' },
    [
      [
        'an approval that ended carries an unblock',
        RECORD,
        '  if (entries.some(({ action }) => AUTHORIZATION_ENDINGS.includes(action))) return false;\n',
        '',
      ],
      [
        'an entry of anybody counts',
        RECORD,
        'row.action === action && row.actor_id === actor && ',
        'row.action === action && ',
      ],
      ['an entry of another connector counts', RECORD, ' && row.connector_id === connector?.id', ''],
      ['an entry with a false hash counts', RECORD, '  if (hashOf(row) !== row.hash) return false;\n', ''],
      [
        'an entry of another configuration counts',
        RECORD,
        ' && (recorded.fingerprint ?? null) === fingerprintDigest(fingerprint)',
        '',
      ],
      ['an entry of another time counts', RECORD, 'recorded?.since === since && ', 'recorded !== null && '],
    ],
  ),
  ...mutantsOf(
    'recorded decision',
    {
      tier: 'service',
      tests: ['scenarios/trail.test.ts', 'scenarios/trail-anchors.test.ts'],
      grep: 'SQLite.*(voids an approved unblock|redirected to another|guards were dropped)',
    },
    [
      [
        'the job unblocks while the trail is broken',
        'jobs/tasks/unblock-connector.ts',
        '  if (broken !== null) return brokenAt(broken);\n',
        '',
      ],
      [
        'the job does not look for the decision in the trail',
        'jobs/tasks/unblock-connector.ts',
        '  return (await isRecorded(db, incident, authorization)) ? null : (await readAuditHead(db)).seq;\n',
        '  return null;\n',
      ],
      ['guards stay away until the next day', 'jobs/tasks/unblock-connector.ts', '  await restoreGuards(deps);\n', ''],
    ],
  ),
  ...mutantsOf('guards', { tier: 'storage', tests: ['unit/storage/guards/guards.test.ts'] }, [
    [
      'the database takes an approval that ended',
      GUARDS,
      "\n      and not ${ended('p.incident_id', 'approval', 'p.id')})`;",
      ')`;',
      { grep: 'SQLite' },
    ],
    [
      'the database takes entries of another connector',
      GUARDS,
      'where p.id = ${id} and a.actor_id <> c.actor_id and a.seq < c.seq\n      and a.connector_id = ${connector} and c.connector_id = ${connector}\n',
      'where p.id = ${id} and a.actor_id <> c.actor_id and a.seq < c.seq\n',
      { grep: 'SQLite' },
    ],
    [
      'the database takes a confirmation from a card that nobody knows',
      GUARDS,
      '(${shown} is null or ${shown} < ${from})',
      '${shown} < ${from}',
      { tests: ['unit/storage/guards/danger-guard.test.ts'], grep: 'SQLite' },
    ],
    [
      'a danger that is cleared with the confirmation was never there',
      GUARDS,
      "(${isBefore('new.confirmed_shown', 'old.dangers_from')} or ${isBefore('new.confirmed_shown', 'new.dangers_from')})",
      "${isBefore('new.confirmed_shown', 'new.dangers_from')}",
      { tests: ['unit/storage/guards/danger-guard.test.ts'], grep: 'SQLite' },
    ],
    [
      'a part of somebody’s id is theirs',
      'storage/guards/audit-sql.ts',
      "return `substr(${entry}.actor_id, length(${entry}.actor_id) - length(${person})) = '/' || ${person}`;",
      "return `replace(${entry}.actor_id, ${person}, '') <> ${entry}.actor_id or ${person} = ''`;",
      { grep: 'SQLite' },
    ],
    [
      'the confirmer of an approval can be exchanged',
      GUARDS,
      "      (old.confirmer_id is not null and ${differs('confirmer_id')})`,\n  },\n  {\n    name: 'no_confirmation_from_before_a_danger'",
      "      1 = 0`,\n  },\n  {\n    name: 'no_confirmation_from_before_a_danger'",
      { grep: 'SQLite' },
    ],
    [
      'a job that waits becomes an unblock',
      GUARDS,
      "when: `${anyDiffers('id', 'key', 'lane', 'task')} or (",
      "when: `${anyDiffers('id', 'key', 'lane')} or (",
      { grep: 'SQLite' },
    ],
    [
      'a guard reads a temporary table of the writer',
      INSTALL,
      ' set search_path = ${schema}, pg_temp\n',
      '\n',
      { grep: 'PostgreSQL' },
    ],
    [
      'a guard sleeps for a session in the role of a replica',
      INSTALL,
      '      `alter table ${table} enable always trigger ${name}`,\n',
      '',
      { grep: 'PostgreSQL' },
    ],
    [
      'a truncation passes by the guards',
      INSTALL,
      '...GUARDED_TABLES.map((table) => postgresTrigger({ ...truncation, table }))',
      '...[]',
      { grep: 'PostgreSQL' },
    ],
    [
      'a guard that was exchanged stays exchanged',
      INSTALL,
      'found.get(`${table}.${name}`) !== definition',
      '!found.has(`${table}.${name}`)',
      { tests: ['unit/storage/guards/install-guards.test.ts'], grep: 'SQLite' },
    ],
  ]),
  ...mutantsOf('notifications', { tier: 'storage', tests: ['unit/workflow/on-signal.test.ts'], grep: 'SQLite' }, [
    [
      'a reconcile that has begun serves a later notification',
      JOBS,
      ".where('key', '=', key).where('state', '=', 'waiting')",
      ".where('key', '=', key)",
    ],
    [
      'the next poll serves a notification',
      JOBS,
      "(await query.where('run_at', '<=', runAt).executeTakeFirst()) !== undefined",
      '(await query.executeTakeFirst()) !== undefined',
    ],
    [
      'a flood of notifications reads Exchange without a pause',
      'workflow/on-signal.ts',
      'Math.max(now, reconcileAt + BETWEEN_RECONCILES_MS)',
      'now',
    ],
  ]),
  ...mutantsOf('one service for one file', { tier: 'storage', tests: ['unit/storage/sqlite/hold.test.ts'] }, [
    [
      'a file that was swapped is still ours',
      'storage/sqlite/hold.ts',
      "      if (fileIdentity(file) !== identity) return 'file_replaced';\n",
      '',
    ],
    [
      'a deleted lock file lets a second service in',
      'storage/sqlite/hold.ts',
      ' && isRunning(held.process)',
      ' && isRunning(`${held.process} `)',
    ],
    [
      'a symbolic link is another file',
      'storage/sqlite/dialect.ts',
      'new DatabaseSync(`${realPath(file)}.lock`)',
      'new DatabaseSync(`${file}.lock`)',
    ],
    [
      'a copy of a database is held by who holds the original',
      'storage/sqlite/hold.ts',
      'held?.token.startsWith(`${identity}:`) ?? false',
      'held !== undefined',
    ],
  ]),
];
