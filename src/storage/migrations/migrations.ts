import type { Migration } from 'kysely/migration';
import { incidentRecords } from './0001-incident-records.ts';
import { readings } from './0002-readings.ts';
import { channelTables } from './0003-channel.ts';
import { jobTables } from './0004-jobs.ts';
import { auditTrail } from './0005-audit-trail.ts';

/** In order of name; a migration that was released is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-incident-records': incidentRecords,
  '0002-readings': readings,
  '0003-channel': channelTables,
  '0004-jobs': jobTables,
  '0005-audit-trail': auditTrail,
};

/** The first migration of every database that was made before the first release; those after it are not known any more. */
export const BEFORE_FIRST_RELEASE = '0001-incidents';
