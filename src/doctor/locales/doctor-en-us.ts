import type { CheckId, Said, Status } from '../finding.ts';
import type { TokenFailure } from '../token-failure.ts';

const say = (says: string, todo: string | null = null): Said => ({ says, todo });

const NAMES: Readonly<Record<CheckId, string>> = {
  settings: 'Settings',
  database: 'Database',
  database_disk: 'Database disk',
  database_clock: 'Database clock',
  jobs: 'Jobs',
  reading: 'Latest reading',
  audit_trail: 'Audit trail',
  identity: 'Identity',
  graph_token: 'Graph token',
  exchange_token: 'Exchange token',
  teams_token: 'Bot token',
  alerts_permission: 'Alerts',
  groups_permission: 'Groups',
  users_permission: 'Users',
  organization_permission: 'Organization',
  exchange_permission: 'Exchange access',
  powershell: 'PowerShell',
  blocked_connectors: 'Restrictions',
  inbound_connectors: 'Connectors',
  unblock: 'Unblock',
  alert_policy: 'Alert policy',
  audit_log: 'Audit log',
  approvers: 'Approvers',
  break_glass_group: 'Break-glass group',
  escalation_group: 'Escalation group',
  bot_keys: 'Bot keys',
  channel: 'Admin channel',
  approvers_in_channel: 'In the channel',
  channel_messages: 'Channel messages',
  public_url: 'Public address',
  subscription: 'Subscription',
  clock: 'Clock',
  test_card: 'Test card',
};

const CONSENT = 'in Entra (App registrations or Enterprise applications, API permissions) and give admin consent';
const NEW_TOKEN = 'then wait for a new token (a managed identity keeps one for up to 24 hours)';

const TOKEN_FAILURES: Readonly<Record<TokenFailure, readonly [says: string, todo: string]>> = {
  unknown_application: [
    'Entra does not know this application in this tenant.',
    'Check CLIENT_ID and TENANT_ID: the application (client) id and the tenant it is registered in.',
  ],
  secret_expired: [
    'The client secret has expired.',
    'Make a new secret for the application in Entra, and set CLIENT_SECRET to its value.',
  ],
  secret_wrong: [
    'Entra does not accept the client secret.',
    "Set CLIENT_SECRET to the secret's value, not to its id, of the application that CLIENT_ID names.",
  ],
  certificate_unreadable: [
    'The certificate cannot be read.',
    'Set CLIENT_CERTIFICATE_PATH to a PEM file with the certificate and its private key that this user may read.',
  ],
  certificate_unknown: [
    'Entra does not accept the certificate.',
    'Upload the certificate to the application that CLIENT_ID names, and see that it has not expired.',
  ],
  unknown_tenant: [
    'Entra does not know this tenant.',
    'Check TENANT_ID, and CLOUD if the tenant is in a national cloud.',
  ],
  unknown_resource: [
    'This tenant has no service of that name.',
    'Check CLOUD, and that the tenant has Exchange Online.',
  ],
  no_managed_identity: [
    'There is no managed identity here.',
    'Run this where the identity is assigned (in Azure), or set CLIENT_SECRET or CLIENT_CERTIFICATE_PATH.',
  ],
  identity_not_assigned: [
    'No managed identity with this client id is assigned to this machine.',
    "Check CLIENT_ID, and assign the bot's user-assigned managed identity to the machine or app that runs this.",
  ],
  clock_wrong: ['Entra says that the clock here is wrong.', 'Set the clock of this machine: turn on NTP.'],
  other: ['There is no token.', 'See what was said; check CLIENT_ID, TENANT_ID and the network from here to Entra.'],
};

export const doctorEnUs = {
  title: 'Connector Guard: what works here, and what to do',
  statuses: { ok: 'ok', warning: 'warning', failed: 'FAILED', skipped: 'skipped' } as Record<Status, string>,
  names: NAMES,
  verdict: (failed: number, warnings: number) => {
    const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
    if (failed > 0)
      return `The service could not do its work: ${count(failed, 'thing')} to mend, ${count(warnings, 'warning')}.`;
    return warnings === 0
      ? 'Everything is in order.'
      : `The service can do its work, with ${count(warnings, 'warning')}.`;
  },
  usage: [
    'npm run doctor -- [--json] [--locale en-US|ja-JP] [--send-test-card]',
    'Reads the settings as the service does, and changes nothing. --send-test-card posts one card to the admin channel.',
  ].join('\n'),
  skipped: (need: CheckId) => say(`Not looked at, because it depends on: ${NAMES[need]}.`),
  late: (ms: number) =>
    say(`No answer within ${Math.round(ms / 1000)} seconds.`, 'Check the network from here, and try again.'),
  unexamined: (why: string) =>
    say(`It could not be looked at. ${why}`, 'Try again in a few minutes; if it stays, act on what was said.'),
  settings: {
    ok: say('All settings can be read.'),
    problem: (problem: string) =>
      say(problem, 'Change the variable where the service gets its environment (env/.env.example describes each).'),
  },
  database: {
    ok: (kind: string) => say(`${kind}: reachable, and of this version.`),
    absent: say(
      'There is no database file yet.',
      'Nothing, if the service was never started here; else set DATABASE_URL to the file it uses.',
    ),
    empty: say('The database has no tables yet.', 'Start the service once: it makes them.'),
    older: say(
      'The database is of an older version.',
      'Make a backup, then start this version of the service: it brings the database up to date.',
    ),
    newer: say(
      'The database is of a newer version, so this version of the service will not start.',
      'Install the newer version again, or restore the backup from before it.',
    ),
    unreachable: (why: string) =>
      say(
        `The database cannot be opened. ${why}`,
        'Check DATABASE_URL, that the server runs and lets this machine in, or that the file is a database this user may read.',
      ),
  },
  databaseDisk: {
    ok: (megabytes: number) => say(`On a local disk with ${megabytes} MB free.`),
    server: say("The disk is the database server's."),
    network: say(
      'The database file is on a network disk, where SQLite can lose data.',
      'Put it on a local disk, or set DATABASE_URL to a PostgreSQL server.',
    ),
    notWritable: (path: string) =>
      say(
        `This user may not write to ${path}.`,
        'Run this as the user of the service; if it is that user, give it the right to write there.',
      ),
    low: (megabytes: number) =>
      say(
        `Only ${megabytes} MB are free on the disk of the database.`,
        'Free some space: when the disk is full, nothing can be remembered or told.',
      ),
  },
  databaseClock: {
    ok: say("The database server's clock agrees with ours."),
    own: say('SQLite has no clock of its own.'),
    skewed: (seconds: number) =>
      say(`The database server's clock is ${seconds} seconds from ours.`, 'Turn on NTP on both machines.'),
  },
  jobs: {
    ok: say('No job was set aside.'),
    dead: (count: number, tasks: string) =>
      say(
        `Jobs set aside after failing too often: ${count} (${tasks}).`,
        "Look in the service's log for why; what they were to do has not been done.",
      ),
  },
  reading: {
    none: say('No service has read Exchange with this database yet.', 'Start the service.'),
    ok: (minutes: number) => say(`The last complete reading of Exchange is ${minutes} minutes old.`),
    old: (minutes: number) =>
      say(
        `The last complete reading of Exchange is ${minutes} minutes old.`,
        'Start the service if it is not running; else see its log and /readyz.',
      ),
    incomplete: (why: string) =>
      say(
        `The latest reading of Exchange was not complete. ${why}`,
        'Mend what Exchange says; nothing counts as lifted until a reading is complete.',
      ),
  },
  auditTrail: {
    ok: (seq: number) => say(`Intact at its end; ${seq} entries in all.`),
    broken: (seq: number) =>
      say(
        `The audit trail is broken at entry ${seq}: somebody has changed the database.`,
        'Keep a copy of the database, and run npm run audit -- verify to see more.',
      ),
  },
  identity: {
    ok: (kind: 'managed_identity' | 'secret' | 'certificate') => {
      const names = { managed_identity: 'A managed identity', secret: 'A client secret', certificate: 'A certificate' };
      return say(`${names[kind]} proves who the service is.`);
    },
  },
  token: {
    ok: say('Issued.'),
    failed: (failure: TokenFailure, why: string) => {
      const [says, todo] = TOKEN_FAILURES[failure];
      return say(`${says} ${why}`, todo);
    },
  },
  permission: {
    ok: (role: string) => say(`${role} is granted and works.`),
    unseen: (role: string) => say(`What ${role} is for works, though the token does not name it.`),
    notNeeded: say('Not needed with these settings.'),
    missing: (role: string) =>
      say(`The application permission ${role} is not granted.`, `Grant ${role} to the app ${CONSENT}; ${NEW_TOKEN}.`),
    ineffective: (role: string, why: string) =>
      say(
        `${role} is granted, yet Microsoft refuses. ${why}`,
        `See that admin consent was given in this tenant and that the tenant has the licence; ${NEW_TOKEN}.`,
      ),
    readOnly: (role: string) =>
      say(
        `${role} is not granted: alerts can be read, but not commented on or resolved.`,
        `Grant ${role} to the app ${CONSENT}; ${NEW_TOKEN}.`,
      ),
    noAlertsHere: say('Graph has no Defender alerts in this cloud: restrictions are seen by reading Exchange alone.'),
  },
  powershell: {
    ok: say('PowerShell and the ExchangeOnlineManagement module are there.'),
    notUsed: say('Not used in this mode.'),
    problem: (problem: string) => say(problem, 'docs/powershell.md says what mode powershell needs.'),
  },
  exchange: {
    readable: (cmdlet: string, rows: number) => say(`${cmdlet} answers (rows: ${rows}).`),
    forbidden: (cmdlet: string, role: string) =>
      say(
        `Exchange refuses ${cmdlet} to this app: it lacks the role, or the cmdlet is unknown to Exchange (the two look the same: HTTP 403 without words).`,
        `Give the app's service principal the Entra role ${role}, or add it to an Exchange role group whose roles hold ${cmdlet} (to find them: Get-ManagementRoleEntry "*\\${cmdlet}"); it may take an hour to work.`,
      ),
    incomplete: (why: string) =>
      say(
        `The answer is not complete. ${why}`,
        'Wait and try again; until it is complete, nothing counts as not restricted.',
      ),
  },
  unblock: {
    ok: say('Exchange offers Remove-BlockedConnector to this app.'),
    manual: say('Mode manual: a person runs the command that the card shows.'),
    dryRun: say('Mode dry-run: nothing is unblocked, and every card says so.'),
    notOffered: say(
      'Exchange does not offer Remove-BlockedConnector to this app, so an unblock would very likely be refused.',
      "Give the app's service principal the Entra role Security Administrator, or add it to an Exchange role group whose roles hold the cmdlet. Exchange does not document this answer.",
    ),
    unknown: (why: string) =>
      say(
        `Whether this app may run Remove-BlockedConnector cannot be told without running it. ${why}`,
        "See that the app's service principal has the Entra role Security Administrator, or an Exchange role group that holds the cmdlet.",
      ),
  },
  alertPolicy: {
    seen: (count: number) =>
      say(`The policy "Suspicious connector activity" raised alerts in the last 30 days: ${count}.`),
    unknown: say(
      'Whether the policy "Suspicious connector activity" is on cannot be read by an app; it raised no alert in the last 30 days.',
      'In Security & Compliance PowerShell: Connect-IPPSSession; Get-ProtectionAlert | Where-Object ImmutableId -eq 8bb9c6c8-dc12-40e1-5bb8-08da05b13393 | Format-List Name,Disabled — Disabled should be False. Restrictions are seen either way.',
    ),
  },
  auditLog: {
    ok: say('Auditing is on.'),
    off: say(
      'Auditing is off in this organization, so Defender raises no alerts; restrictions are still seen by reading Exchange.',
      'In Exchange Online PowerShell: Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true',
    ),
    unknown: (why: string) =>
      say(
        `Whether auditing is on cannot be read. ${why}`,
        'In Exchange Online PowerShell: Get-AdminAuditLogConfig | Format-List UnifiedAuditLogIngestionEnabled — it should be True.',
      ),
  },
  group: {
    ok: (count: number) => say(`People who are eligible: ${count}.`),
    none: say('Not configured.'),
    absent: (variable: string) =>
      say('Entra has no such group.', `Set ${variable} to the object id of a group in this tenant.`),
    unreadable: (why: string) =>
      say(`The group cannot be read. ${why}`, 'Try again; nobody counts as eligible while the group cannot be read.'),
    tooFew: (count: number) =>
      say(
        `Eligible people in the approver group: ${count}. Two different ones are needed for any unblock.`,
        'Add people to the group APPROVER_GROUP_ID names; guests and disabled accounts do not count.',
      ),
    empty: (variable: string) =>
      say(
        'Nobody in the group is eligible.',
        `Add people to the group ${variable} names; guests and disabled accounts do not count.`,
      ),
    incomplete: (why: string) =>
      say(`The group could not be read to its end. ${why}`, 'Try again; the service refuses whom it cannot check.'),
  },
  channel: {
    ok: (count: number) => say(`The bot is in the team; people in it: ${count}.`),
    none: say(
      'No channel watches, so nobody would be told.',
      'Set ADMIN_CHANNEL_ID, or say "watch here" to the bot in the admin channel.',
    ),
    notInTeam: (why: string) =>
      say(
        `The bot cannot see the admin channel. ${why}`,
        'Add the Teams app to the team (npm run package makes it), and check ADMIN_CHANNEL_ID.',
      ),
    postFailed: (why: string) =>
      say(
        `The service could not post to the channel when it last tried. ${why}`,
        'Try --send-test-card; see that the channel is still there, and that the bot may write in it.',
      ),
  },
  approversInChannel: {
    ok: say('Every approver is in the team.'),
    missing: (count: number, names: string) =>
      say(
        `Approvers who are not in the team, and so do not see the cards: ${count} (${names}).`,
        'Add them to the team, or take them out of the approver group.',
      ),
    tooFew: (count: number, names: string) =>
      say(
        `Only ${count} of the approvers are in the team, so no two can agree on a card; not in it: ${names}.`,
        'Add the approvers to the team.',
      ),
  },
  channelMessages: {
    ok: say("The channel's messages can be read."),
    refused: say(
      "The channel's messages cannot be read: when the answer to a post is lost, its card cannot be found again and a second one may appear.",
      'Update the Teams app in the team and accept ChannelMessage.Read.Group.',
    ),
    noTeam: say(
      'Which team the channel belongs to is not known, so its messages cannot be read.',
      'Set ADMIN_TEAM_ID to the object id of the team, or say something to the bot in the channel.',
    ),
  },
  botKeys: {
    ok: say("The Bot Framework's keys can be fetched."),
    unreachable: (why: string) =>
      say(
        `The Bot Framework's keys cannot be fetched, so no click could be trusted. ${why}`,
        'Open the network from here to BOT_OPENID_METADATA_URL, and check CLOUD.',
      ),
  },
  publicUrl: {
    polling: (seconds: number) => say(`Not configured: Exchange and Defender are read every ${seconds} seconds.`),
    ok: say('Answers the handshake of Graph.'),
    noHandshake: (why: string) =>
      say(
        `PUBLIC_URL does not answer the handshake from here. ${why}`,
        'Start the service, and see that /api/notifications is passed on to it over https. Until then it only polls.',
      ),
  },
  subscription: {
    active: (hours: number) => say(`Graph has a subscription of ours for ${hours} more hours.`),
    refused: say('Graph granted no subscription for alerts in this tenant: polling only, which is enough.'),
    absent: say(
      'Graph has no subscription of ours, and has not refused one.',
      'Start the service: it asks for one. Until then it only polls.',
    ),
  },
  clock: {
    ok: say("Our clock agrees with Microsoft's."),
    unknown: say('No service of Microsoft said what time it is.'),
    skewed: (service: string, seconds: number) =>
      say(
        `Our clock is ${seconds} seconds from that of ${service}.`,
        'Turn on NTP on this machine; from five minutes on, tokens are refused.',
      ),
  },
  testCard: {
    title: 'This is a test',
    text: (at: string) =>
      `Somebody ran the doctor of Connector Guard with --send-test-card at ${at}. No connector is restricted because of it, and nothing needs to be done.`,
    sent: say('A test card was posted to the admin channel.', 'Look whether it is there; delete it as you like.'),
    refused: (why: string) =>
      say(
        `The test card could not be posted. ${why}`,
        'Add the Teams app to the team, and see that the bot may write in the channel.',
      ),
  },
};
