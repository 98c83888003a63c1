import type { Alert, Alerts } from './alerts.ts';
import type { AuditLog } from './audit-log.ts';
import type { Connectors, InboundConnector } from './connectors.ts';
import { type AnswerOptions, success } from './exchange-answers.ts';
import type { Cmdlet, CmdletOptions } from './exchange-cmdlets.ts';
import type { BlockedRowOptions, Period, Removal, Restrictions, UnblockLag } from './restrictions.ts';

type RestrictOptions = {
  readonly reason?: string;
  /** Set if it differs from the connector's Guid; nothing documents that they are equal. */
  readonly connectorId?: string;
  /** When the restriction began. */
  readonly at?: number;
  /** Defender's alert, raised at once, with these properties if given; none when false. */
  readonly alert?: false | Partial<Alert>;
};

type Restricted = {
  readonly connectorId: string;
  readonly name: string;
  readonly alertId: string | undefined;
  /** Raises Defender's alert later. */
  raiseAlert(overrides?: Partial<Alert>): Alert;
};

export type ExchangeControl = {
  readonly addConnector: Connectors['add'];
  /** Changes a connector as an administrator does, which the audit log records. */
  editConnector(
    nameOrId: string,
    changes: Parameters<Connectors['edit']>[1],
    by?: string,
  ): ReturnType<Connectors['edit']>;
  readonly removeConnector: Connectors['remove'];
  connector(nameOrId: string): InboundConnector;
  connectors(): readonly InboundConnector[];
  readonly versions: Connectors['versions'];
  /** Restricts a connector, whether or not Get-InboundConnector lists it, and has Defender raise its alert. */
  restrict(nameOrId: string, options?: RestrictOptions): Restricted;
  /** Lifts the restriction, as when a person unblocks by hand or the restriction expires. */
  unblockInPortal(nameOrId: string): void;
  isRestricted(nameOrId: string): boolean;
  /** Microsoft's unified audit log. */
  readonly auditLog: AuditLog;
  /** The effects of `Remove-BlockedConnector`. */
  readonly removals: readonly Removal[];
  /** Every restriction so far, in the order in which they began. */
  readonly periods: readonly Period[];
  /** How long a connector stays listed after `Remove-BlockedConnector`. */
  readonly unblockLag: UnblockLag;
  readonly blockedRows: BlockedRowOptions;
  readonly options: CmdletOptions;
  readonly answers: AnswerOptions;
  /** Adds a cmdlet, or replaces the response of an existing one; `undefined` removes it. */
  answerCmdlet(name: string, rows: RowsOf | undefined): void;
};

type RowsOf = (parameters: Readonly<Record<string, unknown>>) => readonly Record<string, unknown>[];

type Parts = {
  readonly auditLog: AuditLog;
  readonly connectors: Connectors;
  readonly restrictions: Restrictions;
  readonly alerts: Alerts;
  readonly cmdlets: Map<string, Cmdlet>;
  readonly options: CmdletOptions;
  readonly answers: AnswerOptions;
  now(): number;
};

const REASON = 'Outbound spam from inbound connector';

export function createExchangeControl({
  auditLog,
  connectors,
  restrictions,
  alerts,
  cmdlets,
  options,
  answers,
  now,
}: Parts): ExchangeControl {
  const nameOf = (nameOrId: string) => connectors.find(nameOrId)?.Name ?? nameOrId;
  return {
    addConnector: connectors.add,
    editConnector(nameOrId, changes, by = 'exchange.admin@simulated.example') {
      const { Name } = connectors.need(nameOrId);
      auditLog.write({ operation: 'Set-InboundConnector', name: Name, by, parameters: { Identity: Name, ...changes } });
      return connectors.edit(nameOrId, changes);
    },
    auditLog,
    removeConnector: connectors.remove,
    connector: connectors.need,
    connectors: connectors.all,
    versions: connectors.versions,
    restrict(nameOrId, { reason = REASON, at = now(), alert = {}, connectorId: otherId } = {}) {
      const connector = connectors.find(nameOrId);
      const connectorId = otherId ?? connector?.Guid ?? nameOrId;
      const name = connector?.Name ?? nameOrId;
      restrictions.restrict({ connectorId, connectorName: name, reason, at });
      const raised = alert === false ? undefined : alerts.raise(alert);
      return { connectorId, name, alertId: raised?.id, raiseAlert: alerts.raise };
    },
    unblockInPortal: (nameOrId) => restrictions.lift(nameOf(nameOrId)),
    isRestricted: (nameOrId) => restrictions.isListed(nameOf(nameOrId)),
    removals: restrictions.removals,
    periods: restrictions.periods,
    unblockLag: restrictions.lag,
    blockedRows: restrictions.rowOptions,
    options,
    answers,
    answerCmdlet(name, rows) {
      if (rows === undefined) cmdlets.delete(name);
      else cmdlets.set(name, cannedCmdlet(rows));
    },
  };
}

function cannedCmdlet(rows: RowsOf): Cmdlet {
  return {
    accepts: 'anything',
    run: ({ origin, tenantId, parameters }) => success(origin, tenantId, { rows: rows(parameters), more: false }),
  };
}
