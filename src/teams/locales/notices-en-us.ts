import type { Source } from '../../incident/model/outage.ts';
import type { MicrosoftService } from '../../shared/errors.ts';

const services: { readonly [service in MicrosoftService]: string } = {
  exchange: 'Exchange',
  graph: 'Microsoft Graph',
  teams: 'Teams',
  entra: 'Entra',
  activity_feed: 'The audit feed',
};

const unseen: { readonly [source in Source]: string } = {
  exchange: 'new restrictions cannot be seen until it does. Open cards may be out of date.',
  graph:
    "restrictions are still detected in Exchange, but Defender's alerts are missing, and approvals are refused unless Graph can check who approves.",
};

const DECIDE =
  'Nothing is unblocked until a person has decided; alerts are still shown. Keep a copy of the database, find out with `npm run audit -- verify` what was changed, then record the decision: `npm run audit -- accept --by "<name>" --because "<reason>"`';

/** Messages that are not about one incident. */
export const noticesEnUs = {
  /** Messages about posting cards to another channel. */
  channelMove: {
    channel: (id: string) => `the channel ${id}`,
    proposed: (by: string, where: string, code: string, until: string) =>
      `${by} proposed that cards be posted to ${where} instead of this channel. Nothing changes unless another admin sends "confirm channel ${code}", here or there, by ${until}. To keep this channel, send "reject channel ${code}".`,
    moved: (where: string, proposer: string, confirmer: string) =>
      `From now on cards are posted to ${where}, not here: proposed by ${proposer}, confirmed by ${confirmer}.`,
    kept: (proposer: string, by: string) =>
      `Cards are not posted to this channel: ${by} rejected the proposal of ${proposer}.`,
    already: 'Cards are posted to this channel already.',
    waits: (code: string, until: string) =>
      `Cards are posted to another channel, which was notified. They move here once another admin sends "confirm channel ${code}", here or there, by ${until}.`,
    done: {
      moved: 'Confirmed: cards are posted to the new channel from now on.',
      kept: 'Rejected: cards stay where they are.',
    },
    refused: {
      no_such_move:
        'No change of the channel waits under this code. It may have been decided, or replaced by a newer one.',
      move_expired: 'Nobody confirmed this change in time. Send "watch here" in the new channel to propose it again.',
      own_move: 'You proposed this yourself; another admin has to confirm it.',
      not_in_either_channel: 'Send this in the present channel or in the new one, where others see it.',
      proposer_not_eligible:
        'The person who proposed this may not choose the channel any more, or could not be checked. Send "watch here" in the new channel to propose it yourself.',
    },
  },
  /** Messages about drills: imaginary restrictions for practice. */
  drills: {
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
  },
  /** Messages about services that do not respond. */
  outage: {
    unreachable: (service: MicrosoftService, since: string) => `${services[service]} has not answered since ${since}.`,
    away: (source: Source, since: string) => `${services[source]} has not answered since ${since}: ${unseen[source]}`,
    notWhole: (source: Source, since: string) =>
      `${services[source]} has given no complete answer since ${since}: ${unseen[source]} "status connectors" says why.`,
    meanwhile:
      "Check Microsoft's service health; if a connector must be unblocked meanwhile, see *By hand* in the runbook.",
    back: (source: Source, at: string, duration: string) =>
      `${services[source]} answers again since ${at}, after ${duration}. Everything that happened in the meantime has been processed.`,
  },
  /** Messages about connectors outside an incident. */
  posture: {
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
  },
  /** Messages about the service's self-check. */
  selfCheck: {
    bad: (name: string, says: string) => `Self-check: **${name}** needs attention. ${says}`,
    todo: (todo: string) => `→ ${todo}`,
    fixed: (name: string) => `Self-check: **${name}** is in order again.`,
    heartbeat: (checkedAt: string) => `Connector Guard is watching. The last self-check ended at ${checkedAt}.`,
    status: (checkedAt: string, failed: number, warnings: number) => {
      const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
      const result =
        failed + warnings === 0
          ? 'everything is in order'
          : [failed > 0 ? count(failed, 'failure') : '', warnings > 0 ? count(warnings, 'warning') : '']
              .filter((part) => part !== '')
              .join(', ');
      return `Last self-check: ${checkedAt}, ${result}.`;
    },
    never: 'Last self-check: none yet.',
  },
  /** Messages about the audit trail. */
  trail: {
    /** Translates the reason that a check gives (`verifyAudit`, `inspectTrail`). */
    reason: (words: string) => words,
    fault: (seq: number, reason: string, since: string) =>
      `The audit trail is broken at entry ${seq} (${reason}). Known since ${since}.`,
    contradicted: (seq: number, author: string, alert: string) =>
      `Entry ${seq} is not the one that ${author} noted in a comment on the Defender alert ${alert}.`,
    remembered: (seq: number) => `Entry ${seq} is not the one this service remembers.`,
    anchorsKnownSince: (since: string) =>
      `The audit trail contradicts what was noted outside of the database. Known since ${since}. Either the database was changed, or an older one was restored, or somebody wrote a false comment.`,
    more: (count: number) => `And ${count} more.`,
    decide: DECIDE,
    accepted: (by: string, at: string) =>
      `The audit trail was accepted as it is by ${by} at ${at}, at the command line; connectors can be unblocked again.`,
    because: (reason: string) => `Reason: ${reason}`,
    guardsRestored: (guards: string) =>
      `Guards of the database were missing or changed, and have been restored: ${guards}. The service never removes them: find out who changed the database.`,
    lost: {
      file_replaced:
        'The database file was deleted or replaced while the service was running. What the service records from now on is lost when it stops.',
      taken_over: 'Another service has opened the same database. Two services must not share an SQLite file.',
    },
    afterLoss:
      'Nothing is unblocked; alerts are still shown. Stop the service, make sure that the right database is in its place and that one service uses it, then start it again.',
    status: (seq: number, since: string) =>
      `The audit trail is broken at entry ${seq}, known since ${since}: nothing is unblocked until a person has decided (command: npm run audit -- accept --by "<name>" --because "<reason>").`,
  },
};
