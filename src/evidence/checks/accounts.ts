import type { Statement, Statements } from '../../incident/model/finding.ts';
import type { Account, Accounts } from '../../microsoft/graph/accounts.ts';
import { createCheck, type RunnableCheck } from '../check.ts';
import { rememberRefusals } from '../refusals.ts';
import { attempt, orElse } from '../statements.ts';
import type { Subject } from '../subject.ts';
import type { ReadEdits } from './edits.ts';

/** The risk that Identity Protection reports; null for an account without one. */
type Risk = { readonly level: string; readonly state: string } | null;

export type AccountFacts = {
  /** The last person or program to change the connector, as the audit log names it; null when unknown. */
  readonly name: string | null;
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
      const name = edits?.at(-1)?.by ?? subject.changedBy?.by ?? null;
      const nobody = { name, searchedFrom, account: null, risk: undefined };
      if (name === null) return { facts: nobody, missing: unread };
      const account = isPrincipalName(name) ? await clients.readAccount(name, signal) : null;
      if (account === null) return { facts: nobody, missing: [] };
      const risk = await attempt(
        'identity_protection',
        unlessRefused({ subject, at }, () => clients.readRisk(account.id, signal)),
      );
      const read = risk.value?.kind === 'read' ? risk.value.risk : undefined;
      const missing = risk.value?.kind === 'not_licensed' ? [NOT_LICENSED] : risk.missing;
      return { facts: { ...nobody, account, risk: read }, missing };
    },
    judge: judgeAccounts,
  });
}

/** Whether the name is a user principal name. Names of applications and of Microsoft's own processes are not looked up. */
function isPrincipalName(name: string): boolean {
  return /^[^\s@/\\]+@[^\s@/\\]+$/.test(name);
}

/** Pure. */
export function judgeAccounts({ name, searchedFrom, account, risk }: AccountFacts, subject: Subject): Statements {
  if (name === null) return [nobodyKnown(searchedFrom, subject)];
  const about = { account: name };
  if (account === null) return [{ kind: 'account_not_found', verdict: 'concern', values: about }];
  const found = [
    ...riskStatements(name, risk),
    ...(account.enabled ? [] : [disabled(name)]),
    ...passwordStatements(name, account, subject),
  ];
  return orElse(found, {
    kind: 'account_in_order',
    verdict: 'good',
    values: { ...about, riskRead: risk !== undefined },
  });
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

/** The risk states that are still open (Microsoft Graph, riskyUser). */
const OPEN_STATES: ReadonlySet<string> = new Set(['atRisk', 'confirmedCompromised']);

function riskStatements(account: string, risk: Risk | undefined): readonly Statement[] {
  if (risk === undefined || risk === null || !OPEN_STATES.has(risk.state)) return [];
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
