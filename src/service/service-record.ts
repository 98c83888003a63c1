import manifest from '../../package.json' with { type: 'json' };
import type { Config } from '../config/config.ts';
import type { Log } from '../shared/log.ts';
import { anchorText, readAuditHead } from '../storage/audit.ts';
import type { Db } from '../storage/database.ts';
import type { Workflow } from '../workflow/workflow.ts';

type Dependencies = { readonly config: Config; readonly db: Db; readonly workflow: Workflow; readonly log: Log };

export type ServiceRecord = {
  /** Records the service's settings in the audit trail, and logs the head of the trail. */
  started(): Promise<void>;
  /** Logs the head of the audit trail. Never rejects, so that the service can stop without its database. */
  stopped(): Promise<void>;
};

/** Records starts and stops of the service. The log lines keep the audit trail's head outside of the database. */
export function createServiceRecord({ config, db, workflow, log }: Dependencies): ServiceRecord {
  return {
    async started() {
      const head = await workflow.note(null, {
        action: 'service_started',
        outcome: 'done',
        details: settingsOf(config),
      });
      log.info(
        { event: 'audit_head_at_start', audit: anchorText(head), version: manifest.version },
        'audit trail at start',
      );
    },
    async stopped() {
      try {
        log.info({ event: 'audit_head_at_stop', audit: anchorText(await readAuditHead(db)) }, 'audit trail at stop');
      } catch (error) {
        log.error(
          { event: 'audit_head_unreadable', err: error },
          'the head of the audit trail could not be read at stop',
        );
      }
    },
  };
}

/** Returns the settings that determine who may act and with what effect, without secrets or the database's address. */
function settingsOf(config: Config): Readonly<Record<string, unknown>> {
  const { unblockMode, approverGroupId, adminChannel, tenantId, clientId, locale } = config;
  const { pollMs, confirmWithinMs, verifyWithinMs, push } = config;
  const { approverRoleIds, breakGlass, escalationGroupId, reminders } = config;
  const ids = { tenantId, clientId, approverGroupId, approverRoleIds, escalationGroupId, adminChannel };
  const times = { pollMs, confirmWithinMs, verifyWithinMs };
  return {
    version: manifest.version,
    node: process.version,
    unblockMode,
    ...ids,
    locale,
    ...times,
    breakGlass,
    reminders,
    push: push !== null,
  };
}
