import type { Ending } from '../../incident/model/ending.ts';

/** How an incident ended, in the past tense. */
const endings: { readonly [ending in Ending]: string } = {
  two_admins: 'Unblocked after two admins agreed.',
  break_glass: 'Unblocked by one person (break-glass).',
  earlier_call: 'No longer restricted. An earlier unblock by this bot may have taken effect late.',
  elsewhere: 'No longer restricted, not by this bot.',
  connector_removed: 'The connector was deleted.',
  alert_lapsed: 'Exchange listed no restricted connector for the alert.',
  alert_resolved: 'The alert was resolved without a restricted connector.',
  alert_moved: 'The alert belongs to another incident.',
};

/** The bot's answers in a chat. */
export const chatEnUs = {
  statusTitle: 'Inbound connectors',
  noReading: 'Exchange has not been read completely yet. Try again in a minute.',
  readAt: 'Exchange data as of',
  problem: (reason: string) => `The latest reading was not complete: ${reason}`,
  channelProblem: (reason: string) => `Cards cannot be posted to the admin channel: ${reason}`,
  watch: {
    off: (seconds: number) => `Exchange and Defender are read every ${seconds} s.`,
    active: (seconds: number) =>
      `Graph notifies this bot of alerts; Exchange and Defender are also read every ${seconds} s.`,
    refused: (seconds: number) =>
      `Push is not available in this tenant: Exchange and Defender are read every ${seconds} s.`,
    pending: (seconds: number) => `Graph has not granted push yet: Exchange and Defender are read every ${seconds} s.`,
  },
  signals: {
    names: {
      notification: 'Push from Graph',
      alerts: 'Defender alerts',
      exchange: 'Exchange',
      activity_feed: 'Audit feed',
    },
    states: {
      live: 'live',
      failing: 'failing now',
      waiting: 'no answer yet',
      refused: 'not available here',
      off: 'not used',
    },
    because: (state: string, reason: string) => `${state}: ${reason}`,
    lastAt: 'last success',
  },
  noConnectors: 'This tenant has no inbound connectors.',
  allClear: 'No connector is restricted.',
  restrictedCount: (count: number) =>
    count === 1 ? '1 connector is restricted.' : `${count} connectors are restricted.`,
  alertedCount: (count: number) =>
    count === 1 ? '1 alert has no restricted connector yet.' : `${count} alerts have no restricted connector yet.`,
  notRestricted: 'not restricted',
  notKnown: 'not known yet',
  disabled: 'turned off',
  /** Labels of buttons. */
  filters: { restricted: 'Restricted', off: 'Turned off' },
  moreRestricted: (count: number) => `+${count} more restricted: send "status connectors restricted"`,
  others: (count: number, marks: string) =>
    `${count === 1 ? '1 connector is' : `${count} connectors are`} not restricted${marks === '' ? '' : `: ${marks}`}`,
  notChecked: (count: number) => `${count} not checked yet`,
  listed: (count: number, filter: string, page: number, pages: number) =>
    `${filter === '' ? 'Not restricted' : filter}: ${count === 1 ? '1 connector' : `${count} connectors`}${pages === 1 ? '' : `, page ${page} of ${pages}`}`,
  previousPage: 'Previous page',
  nextPage: 'Next page',
  allConnectors: { title: 'Overview', text: 'status connectors' },
  openCard: 'Open its card',
  healthy: 'All signals work',
  unheard: (names: string) => `No answer yet: ${names}`,
  unhealthy: (count: number) => (count === 1 ? '1 signal is failing' : `${count} signals are failing`),
  notFound: (name: string) => `No inbound connector is called "${name}".`,
  seeAll: 'Send "status connectors" to see all of them.',
  didYouMean: (names: string) => `Did you mean: ${names}?`,
  moreIncidents: (count: number) => `+${count} more: ask "history <name>"`,
  moreIncidentsOf: (count: number) => `+${count} older: the audit trail has them all`,
  historyTitle: 'Incidents, newest first',
  lastIncident: 'Last incident',
  endings,
  noHistory: 'No connector has been restricted since this bot began to watch.',
  noHistoryOf: (name: string) => `No incident of "${name}" is known here.`,
  approvedBy: (approver: string, confirmer: string) => `Approved by ${approver}, confirmed by ${confirmer}`,
  approvalOf: (approver: string) => `Approved by ${approver}`,
  helpTitle: 'What I do',
  helpAbout:
    'I watch for inbound connectors that Exchange Online restricts, post a card to the admin channel, and lift a restriction when two different admins agree.',
  helpCommands: [
    ['status connectors', 'every inbound connector, restricted ones first'],
    ['status connectors <name>', 'one connector in full; or "restricted", "danger", "page 2"'],
    ['approve <name>', 'what to check before an unblock, and a code to approve it with'],
    [
      'confirm <code>',
      'confirm without buttons; also "reject <code> <reason>", "ask <code> <question>", "withdraw <code>"',
    ],
    ['stop break-glass <code>', 'stop an unblock by one person while it waits; without a code, list them'],
    ['history', 'past incidents; of one connector with "history <name>"'],
    ['check connectors', 'check every connector now; one with "check connectors <name>"'],
    ['report <name>', 'a report of its latest incident, as a file in your personal chat'],
    ['drill', 'practice on an imaginary restriction; "drill stop" ends it'],
    ['watch here', 'post cards to this channel; a move from another one needs a second admin'],
    ['help', 'this text'],
  ] as readonly (readonly [string, string])[],
  helpButtons: [
    { title: 'Status', text: 'status connectors' },
    { title: 'History', text: 'history' },
    { title: 'Check connectors', text: 'check connectors' },
  ],
  cardIsCurrent: 'The card in the channel shows the present state.',
  helpUnknown: 'I did not understand that. These are used most:',
  welcomeTitle: 'Connector Guard is here',
  welcomeNext: 'In the admin channel, mention me and say "watch here" so that cards are posted to it.',
  mayNotRead: 'You may not read this here: only eligible admins may. Everybody can ask in the admin channel.',
  cannotCheck:
    'Microsoft Graph did not answer, so your right to read this could not be checked. Try again in a minute.',
  cannotCheckRefused:
    'Microsoft Graph denied this service permission to check who can read this. Ask the person who runs the service to check its credential and permissions (npm run doctor).',
  watching: 'Cards are posted to this channel from now on.',
  watchConfigured: 'The channel is set by ADMIN_CHANNEL_ID, so it cannot be changed from here.',
  watchNotHere: 'Say this in a channel of a team: cards are posted to a channel.',
  service_failed: 'Something went wrong here; nothing was lost. Try again in a minute.',
  stillWorking: 'This is taking longer than usual. The card will show the result.',
  watchNotAllowed: 'Only members of the approver group, or holders of an approver role, may choose the channel.',
};
