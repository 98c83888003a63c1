import type { Recommendation } from '../incident/recommendations.ts';

/** Where each recommendation is carried out (Defender for Office 365, "Respond to a compromised connector"). */
export const RECOMMENDATION_LINKS: { readonly [id in Recommendation]: string } = {
  traffic_reviewed: 'https://admin.exchange.microsoft.com/#/messagetrace',
  changes_reviewed: 'https://admin.exchange.microsoft.com/#/connectors',
  admins_secured: 'https://security.microsoft.com/auditlogsearch',
};

export const RESTRICTED_ENTITIES = 'https://security.microsoft.com/restrictedentities';

/** Every character that PowerShell takes for a single quote; two of them within quotes are one, literally (about_Quoting_Rules). */
const SINGLE_QUOTES = /['‘’‚‛]/g;

/** The command that lifts the restriction in Exchange Online PowerShell; no reason can end the quotes it stands in. */
export function unblockCommand(connectorId: string, reason: string): string {
  return `Remove-BlockedConnector -ConnectorId ${connectorId} -Reason '${reason.replaceAll(SINGLE_QUOTES, "''")}'`;
}
