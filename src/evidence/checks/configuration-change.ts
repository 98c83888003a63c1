import type { ConfigurationEdit } from '../../incident/model/approval.ts';
import { DAY_MS, HOUR_MS } from '../../incident/model/duration.ts';
import type { Statement, Statements } from '../../incident/model/finding.ts';
import { type ConfigurationValue, changes } from '../../incident/model/fingerprint.ts';
import type { KnownConfiguration } from '../../storage/connector-history.ts';
import { createCheck, type RunnableCheck } from '../check.ts';
import { orElse } from '../statements.ts';
import type { Subject } from '../subject.ts';
import { type ReadEdits, SAME_CHANGE_MS } from './edits.ts';

export type ChangeFacts = {
  /** The configurations that the service has read before, oldest first. */
  readonly known: readonly KnownConfiguration[];
  /** The changes in the audit log, oldest first; null when it could not be read. */
  readonly edits: readonly ConfigurationEdit[] | null;
  /** The start of the period (ms since the epoch) for which `edits` is complete; null when changes may be missing. */
  readonly wholeFrom: number | null;
};

type Clients = {
  readonly listConfigurations: (connectorId: string) => Promise<readonly KnownConfiguration[]>;
  readonly readEdits: ReadEdits;
};

/** An attacker who creates or changes a connector usually sends at once; within a day of the change is suspicious. */
const SUSPICIOUS_MS = DAY_MS;
const RECENT_MS = 7 * DAY_MS;
const MAX_CHANGES = 6;
const MAX_VALUE_LENGTH = 120;

/** Judges whether the connector's configuration has changed, and names the author of the change. */
export function createConfigurationChangeCheck(clients: Clients): RunnableCheck {
  return createCheck({
    check: 'configuration_change',
    timeoutMs: 20_000,
    source: 'audit_log',
    async read(subject, { at }) {
      const [known, edits] = await Promise.all([
        clients.listConfigurations(subject.id),
        clients.readEdits(subject, at),
      ]);
      return { facts: { known, edits: edits.items, wholeFrom: edits.wholeFrom }, missing: edits.missing };
    },
    judge: judgeConfigurationChange,
  });
}

/** Pure. Ages are measured up to the restriction or, outside an incident, up to now. */
export function judgeConfigurationChange(facts: ChangeFacts, subject: Subject, at: number): Statements {
  const reference = subject.restrictedSince ?? at;
  const found = [
    ...creation(facts, subject, reference),
    ...lastChange(facts, subject, reference),
    ...differing(facts, subject, reference),
  ];
  return orElse(found, unchanged(subject));
}

function unchanged({ changedAt }: Subject): Statement {
  if (changedAt === null) return { kind: 'change_time_unknown', verdict: 'unknown', values: {} };
  return { kind: 'unchanged_since', verdict: 'good', values: { at: changedAt } };
}

function creation(facts: ChangeFacts, { createdAt }: Subject, reference: number): readonly Statement[] {
  if (createdAt === null) return [];
  const beforeMs = reference - createdAt;
  const made = facts.edits?.find(({ operation }) => operation === 'New-InboundConnector');
  const recorded: readonly Statement[] =
    made === undefined && facts.wholeFrom !== null && createdAt > facts.wholeFrom && isRecordedBy(createdAt, reference)
      ? [{ kind: 'creation_not_recorded', verdict: 'concern', values: { createdAt } }]
      : [];
  if (beforeMs < 0 || beforeMs > RECENT_MS) return recorded;
  const values = { ...authorOf(made), at: createdAt, beforeMs };
  return [{ kind: 'created_before_restriction', verdict: suspicion(beforeMs), values }, ...recorded];
}

/** A record usually shows 60 to 90 minutes after the event (Microsoft Purview: Search the audit log). */
const RECORDED_AFTER_MS = 2 * HOUR_MS;

function isRecordedBy(event: number, at: number): boolean {
  return at - event > RECORDED_AFTER_MS;
}

function suspicion(beforeMs: number): 'bad' | 'concern' {
  return beforeMs <= SUSPICIOUS_MS ? 'bad' : 'concern';
}

/** The creation of the connector does not count as a change. */
function lastChange(facts: ChangeFacts, subject: Subject, reference: number): readonly Statement[] {
  const { changedAt, createdAt, restrictedSince } = subject;
  if (changedAt === null || changedAt - (createdAt ?? 0) < SAME_CHANGE_MS) return [];
  const author = authorOf(editAt(facts, subject, changedAt));
  const beforeMs = reference - changedAt;
  if (restrictedSince !== null && beforeMs < 0) {
    return [{ kind: 'changed_after_restriction', verdict: 'concern', values: { ...author, at: changedAt } }];
  }
  if (beforeMs > RECENT_MS) return [];
  if (restrictedSince === null) {
    return [{ kind: 'changed_lately', verdict: 'concern', values: { ...author, at: changedAt } }];
  }
  const values = { ...author, at: changedAt, beforeMs };
  return [{ kind: 'changed_before_restriction', verdict: suspicion(beforeMs), values }];
}

function editAt({ edits }: ChangeFacts, { changedBy }: Subject, changedAt: number) {
  const isSame = ({ at }: { readonly at: number }) => Math.abs(at - changedAt) <= SAME_CHANGE_MS;
  const fed = changedBy === null ? [] : [changedBy];
  return edits?.findLast(isSame) ?? fed.find(isSame);
}

function authorOf(edit: { readonly by: string; readonly address?: string | undefined } | undefined) {
  return { by: edit?.by ?? null, address: edit?.address ?? null };
}

/** Compares the settings with those of a week before, or with the first known ones where the connector has been known for less time. */
function differing({ known }: ChangeFacts, { configuration }: Subject, reference: number): readonly Statement[] {
  const past = known.filter(({ since }) => since < reference);
  const before = past.findLast(({ since }) => since <= reference - RECENT_MS) ?? past[0];
  if (before === undefined || configuration === null) return [];
  const all = changes(before.configuration, configuration);
  if (all.length === 0) return [];
  const shown = all.slice(0, MAX_CHANGES).map(({ property, ...values }) => {
    return { property, before: valueText(values.before), after: valueText(values.after) };
  });
  const values = { changes: shown, count: all.length, knownAt: before.since };
  return [{ kind: 'settings_differ', verdict: 'concern', values }];
}

function valueText(value: ConfigurationValue): string {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return (text === '' ? '–' : text).slice(0, MAX_VALUE_LENGTH);
}
