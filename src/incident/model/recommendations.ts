import { CHECKS, type Check, type Finding } from './finding.ts';

/**
 * What an approver attests before a connector is unblocked, in the order of Microsoft's procedure
 * (Defender for Office 365, "Respond to a compromised connector"); the wording is in the locale files.
 */
export const RECOMMENDATIONS = ['traffic_reviewed', 'changes_reviewed', 'admins_secured'] as const;

export type Recommendation = (typeof RECOMMENDATIONS)[number];

/** The checks whose findings stand beside each recommendation. */
export const CHECKS_OF: { readonly [id in Recommendation]: readonly Check[] } = {
  traffic_reviewed: ['traffic', 'senders', 'sending_addresses', 'sender_authentication', 'server_exposure'],
  changes_reviewed: ['configuration_change', 'who_may_send', 'earlier_restrictions'],
  admins_secured: ['accounts'],
};

/** A box that acknowledges one bad finding by its check. */
export type Acknowledgement = `acknowledge_${Check}`;

export function acknowledgementOf(check: Check): Acknowledgement {
  return `acknowledge_${check}`;
}

/** Whatever an approver can tick. */
export const ATTESTABLE: readonly (Recommendation | Acknowledgement)[] = [
  ...RECOMMENDATIONS,
  ...CHECKS.map(acknowledgementOf),
];

/** The checks with a bad finding. It forbids nothing, but nobody approves without having acknowledged it. */
export function toAcknowledge(findings: readonly Finding[] = []): readonly Check[] {
  return findings.filter(({ verdict }) => verdict === 'bad').map(({ check }) => check);
}

/** The account that the checks found to have changed the connector last; null when none is known. */
export function changedByAccount(findings: readonly Finding[] = []): string | null {
  const accounts = findings.find(({ check }) => check === 'accounts')?.statements ?? [];
  return accounts.flatMap(({ values }) => ('account' in values ? [values.account] : []))[0] ?? null;
}

/** Beside `admins_secured` where the account is known: nobody can know of every account that could have changed it. */
export const ACCOUNT_SECURED = 'account_secured';

/** A text that has `{account}` for the account in it. */
export function withAccount(text: string, account: string): string {
  return text.replaceAll('{account}', () => account);
}
