/**
 * What an approver attests before a connector is unblocked, in the order of Microsoft's procedure
 * (Defender for Office 365, "Respond to a compromised connector"); the wording is in the locale files.
 */
export const RECOMMENDATIONS = ['traffic_reviewed', 'changes_reviewed', 'admins_secured'] as const;

export type Recommendation = (typeof RECOMMENDATIONS)[number];
