import type { Migration } from 'kysely/migration';
import { incidentsAndAuthorizations } from './0001-incidents-and-authorizations.ts';
import { readings } from './0002-readings.ts';
import { channelTables } from './0003-channel.ts';
import { jobTables } from './0004-jobs.ts';
import { auditTrail } from './0005-audit-trail.ts';
import { newDangers } from './0006-new-dangers.ts';
import { incidentsOfAConnector } from './0007-incidents-of-a-connector.ts';
import { flatInThePast } from './0008-flat-in-the-past.ts';
import { authorizationsOfAnIncident } from './0009-authorizations-of-an-incident.ts';

/** All migrations, in the order of their names. A released migration is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-incidents-and-authorizations': incidentsAndAuthorizations,
  '0002-readings': readings,
  '0003-channel': channelTables,
  '0004-jobs': jobTables,
  '0005-audit-trail': auditTrail,
  '0006-new-dangers': newDangers,
  '0007-incidents-of-a-connector': incidentsOfAConnector,
  '0008-flat-in-the-past': flatInThePast,
  '0009-authorizations-of-an-incident': authorizationsOfAnIncident,
};

/** The first migrations of databases from before the first release, which cannot be migrated to this version. */
export const BEFORE_FIRST_RELEASE: readonly string[] = ['0001-incidents', '0001-incident-records'];
