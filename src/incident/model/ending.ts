/** How an incident ended. `two_admins`, `break_glass`: after our call, on whose word. `earlier_call`: perhaps after a call of ours whose effect was not seen in time, when people had begun anew. `alert_moved`: its alert turned out to be another connector's. `elsewhere`: portal, PowerShell, or the restriction ran out. */
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
