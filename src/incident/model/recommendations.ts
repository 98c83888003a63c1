import { CHECKS, type Check, type Finding } from './finding.ts';

/**
 * The recommendations an approver attests before a connector is unblocked, in the order of Microsoft's procedure (Defender for
 * Office 365, "Respond to a compromised connector"). Their texts are in the locale files.
 */
export const RECOMMENDATIONS = ['traffic_reviewed', 'changes_reviewed', 'admins_secured'] as const;

export type Recommendation = (typeof RECOMMENDATIONS)[number];

/** The checks whose findings are shown beside each recommendation. */
export const CHECKS_OF: { readonly [id in Recommendation]: readonly Check[] } = {
  traffic_reviewed: ['traffic', 'senders', 'sending_addresses', 'sender_authentication', 'server_exposure'],
  changes_reviewed: ['configuration_change', 'who_may_send', 'earlier_restrictions'],
  admins_secured: ['accounts'],
};

/** The id of the checkbox that acknowledges the bad finding of a check. */
export type Acknowledgement = `acknowledge_${Check}`;

export function acknowledgementOf(check: Check): Acknowledgement {
  return `acknowledge_${check}`;
}

/** All checkboxes an approver can tick. */
export const ATTESTABLE: readonly (Recommendation | Acknowledgement)[] = [
  ...RECOMMENDATIONS,
  ...CHECKS.map(acknowledgementOf),
];

/** Returns the checks with a bad finding. Such a finding does not forbid an approval, but the approver must acknowledge it. */
export function toAcknowledge(findings: readonly Finding[] = []): readonly Check[] {
  return findings.filter(({ verdict }) => verdict === 'bad').map(({ check }) => check);
}

/**
 * Returns the account that last changed the connector, according to the checks; null when unknown, or when a later change by
 * another account may not be in the audit log.
 */
export function changedByAccount(findings: readonly Finding[] = []): string | null {
  const accounts = findings.find(({ check }) => check === 'accounts')?.statements ?? [];
  if (accounts.some(({ kind }) => kind === 'later_change_unrecorded')) return null;
  return accounts.flatMap(({ values }) => ('account' in values ? [values.account] : []))[0] ?? null;
}

/**
 * Replaces the text of `admins_secured` when the account is known, because a person cannot vouch for every account that could
 * have changed the connector.
 */
export const ACCOUNT_SECURED = 'account_secured';

/** Replaces `{account}` in a text with the account. */
export function withAccount(text: string, account: string): string {
  return text.replaceAll('{account}', () => account);
}
