/** Messages about connectors in peace time. */
export const postureEnUs = {
  turnedBad: (name: string) => `**${name}**: a check found something dangerous.`,
  whatToDo: 'Nothing is restricted by this. Look at the connector now, before Exchange does:',
  moreConnectors: (count: number) => `+${count} more connectors: "status connectors" lists all of them.`,
  ask: (name: string) => `"status connectors ${name}" shows all of it.`,
  digestTitle: (from: string, until: string) => `Week from ${from} to ${until}`,
  digestIncidents: (restricted: number, unblocked: number, open: number) =>
    `Restrictions: ${restricted}. Unblocked: ${unblocked}. Still open: ${open}.`,
  digestMarks: (bad: number, concern: number, good: number, unknown: number) =>
    `Connectors: ${bad} in danger, ${concern} to check, ${good} OK, ${unknown} unknown.`,
  digestTasks: (count: number) =>
    count === 1 ? '1 task after an unblock is open.' : `${count} tasks after unblocks are open.`,
  section: 'Last check',
  notChecked: 'not checked yet',
  checking: (count: number) =>
    count === 1
      ? 'The connector is being checked. "status connectors <name>" shows the result in a minute.'
      : `${count} connectors are being checked, one after the other. "status connectors" shows the results as they come.`,
  lastDays: (messages: string, days: number, usual: string) =>
    `${messages} messages in the last ${days} days; ${usual} in the ${days} days before.`,
};
