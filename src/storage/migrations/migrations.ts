import type { Migration } from 'kysely/migration';
import { incidentTables } from './0001-incidents.ts';
import { workTables } from './0002-work.ts';
import { pushTable } from './0003-push.ts';
import { deliveryTables } from './0004-delivery.ts';
import { breakGlassTable } from './0007-break-glass.ts';
import { signalTables } from './0009-signals.ts';
import { outageTable } from './0010-outages.ts';
import { guards } from './0011-guards.ts';
import { auditedUnblocks } from './0012-audited-unblocks.ts';
import { trailTable } from './0013-trail.ts';
import { guardedTrail } from './0014-guarded-trail.ts';
import { trafficTables } from './0015-traffic.ts';
import { postureTables } from './0016-posture.ts';
import { holderTable } from './0017-holder.ts';
import { channelMoves } from './0018-channel-moves.ts';
import { configurationTable } from './0018-configurations.ts';
import { drillTable } from './0020-drills.ts';
import { selfCheckTable } from './0021-self-check.ts';

/** In order of name; a migration that was released is never edited. */
export const migrations: Record<string, Migration> = {
  '0001-incidents': incidentTables,
  '0002-work': workTables,
  '0003-push': pushTable,
  '0004-delivery': deliveryTables,
  '0007-break-glass': breakGlassTable,
  '0009-signals': signalTables,
  '0010-outages': outageTable,
  '0011-guards': guards,
  '0012-audited-unblocks': auditedUnblocks,
  '0013-trail': trailTable,
  '0014-guarded-trail': guardedTrail,
  '0015-traffic': trafficTables,
  '0016-posture': postureTables,
  '0017-holder': holderTable,
  '0018-channel-moves': channelMoves,
  '0018-configurations': configurationTable,
  '0020-drills': drillTable,
  '0021-self-check': selfCheckTable,
};
