import type { Recommendation } from '../incident/recommendations.ts';

/** Where each recommendation is carried out (Defender for Office 365, "Respond to a compromised connector"). */
export const RECOMMENDATION_LINKS: { readonly [id in Recommendation]: string } = {
  traffic_reviewed: 'https://admin.exchange.microsoft.com/#/messagetrace',
  changes_reviewed: 'https://admin.exchange.microsoft.com/#/connectors',
  admins_secured: 'https://security.microsoft.com/auditlogsearch',
};

export const RESTRICTED_ENTITIES = 'https://security.microsoft.com/restrictedentities';

/** The command that lifts the restriction in Exchange Online PowerShell. */
export function unblockCommand(connectorId: string, reason: string): string {
  return `Remove-BlockedConnector -ConnectorId ${connectorId} -Reason '${reason.replaceAll("'", "''")}'`;
}
