/**
 * How an incident ended. `two_admins`, `break_glass`: after the service's call, authorized in that way. `earlier_call`: perhaps
 * after an earlier call, whose effect was not seen in time and after which a new authorization had begun. `alert_moved`: its
 * alert belongs to another connector. `elsewhere`: in the portal, with PowerShell, or because the restriction expired.
 */
export const ENDINGS = [
  'two_admins',
  'break_glass',
  'earlier_call',
  'elsewhere',
  'connector_removed',
  'alert_lapsed',
  'alert_resolved',
  'alert_moved',
] as const;

export type Ending = (typeof ENDINGS)[number];
