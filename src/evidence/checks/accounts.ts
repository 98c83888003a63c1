import type { Statement, Statements } from '../../incident/model/finding.ts';
import type { Account, Accounts } from '../../microsoft/graph/accounts.ts';
import { createCheck, type RunnableCheck } from '../check.ts';
import { rememberRefusals } from '../refusals.ts';
import { attempt, orElse } from '../statements.ts';
import type { Subject } from '../subject.ts';
import { type ReadEdits, SAME_CHANGE_MS } from './edits.ts';

/** The risk that Identity Protection reports; null for an account without one. */
type Risk = { readonly level: string; readonly state: string } | null;

export type AccountFacts = {
  /** The last person or program to change the connector, as the audit log names it; null when unknown. */
  readonly name: string | null;
  /** The time of that change, ms since the epoch; null when no change is known. */
  readonly editedAt: number | null;
  /** The start of the period (ms since the epoch) for which the audit log was searched completely; null when it was not. */
  readonly searchedFrom: number | null;
  /** Null when the directory has no such user. */
  readonly account: Account | null;
  /** Undefined when it could not be read. */
  readonly risk: Risk | undefined;
};

type Clients = Accounts & { readonly readEdits: ReadEdits };

const NOT_LICENSED: Statement = {
  kind: 'not_licensed',
  verdict: 'unknown',
  values: { source: 'identity_protection', feature: 'Microsoft Entra ID P2' },
};
const SHORTLY_MS = 24 * 3_600_000;

/** Judges the account that last changed the connector. Its statements describe the account and accuse no person. */
export function createAccountsCheck(clients: Clients): RunnableCheck {
  const unlessRefused = rememberRefusals();
  return createCheck({
    check: 'accounts',
    timeoutMs: 20_000,
    source: 'graph',
    async read(subject, { at, signal }) {
      const { items: edits, wholeFrom: searchedFrom, missing: unread } = await clients.readEdits(subject, at);
      const last = latestOf([...(edits ?? []), ...(subject.changedBy === null ? [] : [subject.changedBy])]);
      const { by: name, at: editedAt } = last ?? { by: null, at: null };
      const nobody = { name, editedAt, searchedFrom, account: null, risk: undefined };
      const edited = isLastChange(editedAt, subject) ? [] : unread;
      if (name === null) return { facts: nobody, missing: edited };
      const account = isPrincipalName(name) ? await clients.readAccount(name, signal) : null;
      if (account === null) return { facts: nobody, missing: edited };
      const risk = await attempt(
        'identity_protection',
        unlessRefused({ subject, at }, () => clients.readRisk(account.id, signal)),
      );
      const read = risk.value?.kind === 'read' ? risk.value.risk : undefined;
      const unrated = risk.value?.kind === 'not_licensed' ? [NOT_LICENSED] : risk.missing;
      return { facts: { ...nobody, account, risk: read }, missing: [...edited, ...unrated] };
    },
    judge: judgeAccounts,
  });
}

type Edit = { readonly by: string; readonly at: number };

function latestOf(edits: readonly Edit[]): Edit | null {
  return edits.toSorted((a, b) => b.at - a.at)[0] ?? null;
}

/** Whether no later change of the connector is known to Exchange; false when Exchange did not return the time of the last one. */
function isLastChange(editedAt: number | null, { changedAt }: Pick<Subject, 'changedAt'>): boolean {
  return editedAt !== null && changedAt !== null && changedAt - editedAt <= SAME_CHANGE_MS;
}

/** Whether the name is a user principal name. Names of applications and of Microsoft's own processes are not looked up. */
function isPrincipalName(name: string): boolean {
  return /^[^\s@/\\]+@[^\s@/\\]+$/.test(name);
}

/** Pure. */
export function judgeAccounts(facts: AccountFacts, subject: Subject): Statements {
  const { name, searchedFrom, account, risk } = facts;
  if (name === null) return [nobodyKnown(searchedFrom, subject)];
  const about = { account: name };
  const unrecorded = laterChange(facts, subject);
  if (account === null) return [{ kind: 'account_not_found', verdict: 'concern', values: about }, ...unrecorded];
  const found = [
    ...riskStatements(name, risk),
    ...(account.enabled ? [] : [disabled(name)]),
    ...(unrecorded.length > 0 ? [] : passwordStatements(name, account, subject)),
  ];
  const [first, ...rest] = orElse(found, {
    kind: 'account_in_order',
    verdict: 'good',
    values: { ...about, riskRead: risk !== undefined },
  });
  return [first, ...rest, ...unrecorded];
}

/** Reports a change after the last recorded one: another account may have made it, and its record may follow. */
function laterChange({ editedAt }: AccountFacts, { changedAt }: Subject): readonly Statement[] {
  if (changedAt === null || isLastChange(editedAt, { changedAt })) return [];
  return [{ kind: 'later_change_unrecorded', verdict: 'unknown', values: { changedAt } }];
}

/**
 * Distinguishes a connector unchanged since the search began, which leaves no account to check, from a change the audit log does
 * not show yet.
 */
function nobodyKnown(searchedFrom: number | null, { changedAt }: Subject): Statement {
  if (searchedFrom === null || changedAt === null || changedAt >= searchedFrom) {
    return { kind: 'account_unknown', verdict: 'unknown', values: {} };
  }
  return { kind: 'no_account_to_check', verdict: 'good', values: { since: searchedFrom } };
}

function disabled(account: string): Statement {
  return { kind: 'account_disabled', verdict: 'concern', values: { account } };
}

/** The risk states that need nothing more (Microsoft Graph, riskyUser); any other one, even of a later version, is open. */
const CLOSED_STATES: ReadonlySet<string> = new Set(['none', 'confirmedSafe', 'remediated', 'dismissed']);

function riskStatements(account: string, risk: Risk | undefined): readonly Statement[] {
  if (risk === undefined || risk === null || CLOSED_STATES.has(risk.state)) return [];
  const isBad = risk.state === 'confirmedCompromised' || risk.level === 'high';
  return [{ kind: 'account_at_risk', verdict: isBad ? 'bad' : 'concern', values: { account, ...risk } }];
}

/** An old password is reported only when the connector was changed shortly before the restriction. */
function passwordStatements(
  account: string,
  { passwordAt }: Account,
  { changedAt, restrictedSince }: Subject,
): readonly Statement[] {
  if (passwordAt === null || changedAt === null || restrictedSince === null) return [];
  const beforeMs = restrictedSince - changedAt;
  if (beforeMs < 0 || beforeMs > SHORTLY_MS || passwordAt > changedAt) return [];
  return [{ kind: 'password_older_than_change', verdict: 'concern', values: { account, passwordAt } }];
}
