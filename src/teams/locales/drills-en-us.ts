/** Messages about drills: imaginary restrictions for practice. */
export const drillsEnUs = {
  notice: 'DRILL: this restriction is imaginary. Mail, Exchange and Defender are not affected.',
  ended: 'The drill is over.',
  started: (name: string) =>
    `The drill "${name}" has started: its card is about to be posted. Treat it as you would a real restriction. "drill stop" ends it.`,
  running: (name: string) => `The drill "${name}" is under way. Send "drill stop" to end it.`,
  stopped: (name: string) => `The drill "${name}" is being ended.`,
  noneRunning: 'No drill is under way.',
  notHere: 'Start a drill in the admin channel, where its card is posted.',
  noChannel: 'Choose the admin channel first: mention me there and say "watch here".',
  notAllowed: 'Only members of the approver group, or holders of an approver role, can start or stop a drill.',
  over: (steps: string) => `The drill is over. ${steps}`,
  acknowledged: (after: string) => `Acknowledged after ${after}.`,
  approved: (after: string) => `Approved after ${after}.`,
  confirmed: (after: string) => `Confirmed after ${after}.`,
  nobody: 'Nobody acted on it.',
  proposalTitle: 'Time for a drill?',
  start: { title: 'Start the drill', text: 'drill' },
  proposal: (days: number) =>
    `The last drill was ${days} days ago. To practice, send "drill" here: it takes two people about five minutes, and changes nothing in Exchange.`,
  firstProposal:
    'Nobody has practiced an unblock here yet. Send "drill": it takes two people about five minutes, and changes nothing in Exchange.',
};
