import { ENGLISH } from '../../command/help.ts';
import { type CheckId, type Status, text } from '../finding.ts';
import { helpEnUs } from './help.ts';
import { microsoftEnUs } from './microsoft-en-us.ts';
import { namesEnUs } from './names-en-us.ts';

export const doctorEnUs = {
  ...microsoftEnUs,
  title: 'Connector Guard: what works here, and what to do',
  statuses: { ok: 'ok', warning: 'warning', failed: 'FAILED', skipped: 'skipped' } as Record<Status, string>,
  names: namesEnUs,
  verdict: (failed: number, warnings: number) => {
    const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
    if (failed > 0)
      return `The service cannot do its work: ${count(failed, 'problem')} to fix, ${count(warnings, 'warning')}.`;
    return warnings === 0
      ? 'Everything is in order.'
      : `The service can do its work, with ${count(warnings, 'warning')}.`;
  },
  help: helpEnUs,
  headings: ENGLISH,
  examining: 'Checking',
  report: {
    written: (file: string) => `The report is in ${file}. Read it before you send it.`,
    exists: (file: string) => `${file} already exists and was not changed; no report was written. Name a new file.`,
    settings: (file: string) => `No report was written to ${file}, because the settings are not valid.`,
  },
  skipped: (need: CheckId) => text(`Skipped, because it depends on: ${namesEnUs[need]}.`),
  late: (ms: number) =>
    text(`No response within ${Math.round(ms / 1000)} seconds.`, 'Check the network from here, and try again.'),
  unexamined: (reason: string) =>
    text(`It could not be checked. ${reason}`, 'Try again in a few minutes; if the error remains, act on its message.'),
  settings: {
    ok: text('All settings can be read.'),
    problem: (problem: string) =>
      text(problem, 'Change the variable where the service gets its environment (env/.env.example describes each).'),
  },
  database: {
    ok: (kind: string) => text(`${kind}: reachable, and of this version.`),
    absent: text(
      'There is no database file yet.',
      'Nothing, if the service was never started here; otherwise set DATABASE_URL to the file it uses.',
    ),
    empty: text('The database has no tables yet.', 'Start the service once: it creates them.'),
    too_old: text(
      'The database was created by a version before the first release and cannot be upgraded.',
      'Export its audit trail with that version, keep a copy, and set DATABASE_URL to a new database.',
    ),
    older: text(
      'The database is of an older version.',
      'Make a backup, then start this version of the service: it upgrades the database.',
    ),
    newer: text(
      'The database is of a newer version, so this version of the service will not start.',
      'Install the newer version again, or restore the backup from before it.',
    ),
    unreachable: (reason: string) =>
      text(
        `The database cannot be opened. ${reason}`,
        'Check DATABASE_URL, that the server runs and accepts connections from this machine, or that the file is a database that this user may read.',
      ),
  },
  databaseDisk: {
    ok: (megabytes: number) => text(`On a local disk with ${megabytes} MB free.`),
    server: text("The disk is the database server's."),
    network: text(
      'The database file is on a network disk, where SQLite can lose data.',
      'Put it on a local disk, or set DATABASE_URL to a PostgreSQL server.',
    ),
    notWritable: (path: string) =>
      text(
        `This user may not write to ${path}.`,
        'Run the doctor as the user of the service; if this is that user, give it the right to write there.',
      ),
    low: (megabytes: number) =>
      text(
        `Only ${megabytes} MB are free on the disk of the database.`,
        'Free some space: when the disk is full, the service can record nothing and notify nobody.',
      ),
  },
  databaseClock: {
    ok: text("The database server's clock agrees with this machine's."),
    own: text('SQLite has no clock of its own.'),
    skewed: (seconds: number) =>
      text(`The clocks of the database server and this machine differ by ${seconds} seconds.`, 'Turn on NTP on both.'),
  },
  jobs: {
    ok: text('No job was set aside.'),
    dead: (count: number, tasks: string) =>
      text(
        `Jobs set aside after failing too often: ${count} (${tasks}).`,
        "See the service's log for the reason; the work of these jobs was not done.",
      ),
  },
  reading: {
    none: text('No service has read Exchange with this database yet.', 'Start the service.'),
    ok: (minutes: number) => text(`The last complete reading of Exchange is ${minutes} minutes old.`),
    old: (minutes: number) =>
      text(
        `The last complete reading of Exchange is ${minutes} minutes old.`,
        'Start the service if it is not running; otherwise see its log and /healthz/watching.',
      ),
    incomplete: (reason: string) =>
      text(
        `The latest reading of Exchange was not complete. ${reason}`,
        'Fix what Exchange reports; nothing counts as lifted until a reading is complete.',
      ),
  },
  auditTrail: {
    ok: (seq: number) => text(`Intact at its end; ${seq} entries in all.`),
    broken: (seq: number) =>
      text(
        `The audit trail is broken at entry ${seq}: the database was changed.`,
        'Keep a copy of the database, and run npm run audit -- verify for details.',
      ),
    known: (seq: number, since: string) =>
      text(
        `The service found the audit trail broken at entry ${seq} (${since}), and unblocks nothing until a person has decided.`,
        'Keep a copy of the database, find out what was changed, then record the decision: npm run audit -- accept --by "<name>" --because "<reason>".',
      ),
  },
  identity: {
    ok: (kind: 'managed_identity' | 'secret' | 'certificate' | 'federated') => {
      const names = {
        managed_identity: 'a managed identity',
        secret: 'a client secret',
        certificate: 'a certificate',
        federated: 'a managed identity as its federated credential',
      };
      return text(`The service authenticates with ${names[kind]}.`);
    },
  },
  group: {
    ok: (count: number) => text(`People who are eligible: ${count}.`),
    none: text('Not configured.'),
    absent: (variable: string) =>
      text('Entra has no such group.', `Set ${variable} to the object id of a group in this tenant.`),
    unreadable: (reason: string) =>
      text(
        `The group cannot be read. ${reason}`,
        'Try again; nobody counts as eligible while the group cannot be read.',
      ),
    tooFew: (count: number) =>
      text(
        `Eligible people in the approver group: ${count}. Every unblock takes two.`,
        'Add people to the group that APPROVER_GROUP_ID names; guests and disabled accounts do not count.',
      ),
    empty: (variable: string) =>
      text(
        'Nobody in the group is eligible.',
        `Add people to the group that ${variable} names; guests and disabled accounts do not count.`,
      ),
    incomplete: (reason: string) =>
      text(
        `The group could not be read completely. ${reason}`,
        'Try again; the service refuses anyone it cannot check.',
      ),
  },
  channel: {
    ok: (count: number) => text(`The bot is in the team; people in it: ${count}.`),
    none: text(
      'No channel is configured or chosen, so nobody would be notified.',
      'Set ADMIN_CHANNEL_ID, or send "watch here" to the bot in the admin channel.',
    ),
    notInTeam: (reason: string) =>
      text(
        `The bot cannot see the admin channel. ${reason}`,
        'Add the Teams app to the team (npm run package builds it), and check ADMIN_CHANNEL_ID.',
      ),
    postFailed: (reason: string) =>
      text(
        `The service could not post to the channel when it last tried. ${reason}`,
        'Try --send-test-card; check that the channel still exists and that the bot may post in it.',
      ),
  },
  approversInChannel: {
    ok: text('Every approver is in the team.'),
    missing: (count: number, names: string) =>
      text(
        `Approvers who are not in the team, and so do not see the cards: ${count} (${names}).`,
        'Add them to the team, or take them out of the approver group.',
      ),
    tooFew: (count: number, names: string) =>
      text(
        `Only ${count} of the approvers are in the team, so no two can agree on a card; not in the team: ${names}.`,
        'Add the approvers to the team.',
      ),
  },
  channelMessages: {
    ok: text("The channel's messages can be read."),
    refused: text(
      "The channel's messages cannot be read: when the response to a post is lost, its card cannot be found again and a second one may appear.",
      'Update the Teams app in the team and accept ChannelMessage.Read.Group.',
    ),
    noTeam: text(
      'The team of the channel is not known, so its messages cannot be read.',
      'Set ADMIN_TEAM_ID to the object id of the team, or send the bot a message in the channel.',
    ),
  },
  testCard: {
    title: 'This is a test',
    text: (at: string) =>
      `Somebody ran the doctor of Connector Guard with --send-test-card at ${at}. No connector is restricted because of it, and nothing needs to be done.`,
    sent: text('A test card was posted to the admin channel.', 'Check that it is there; you may delete it.'),
    refused: (reason: string) =>
      text(
        `The test card could not be posted. ${reason}`,
        'Add the Teams app to the team, and check that the bot may post in the channel.',
      ),
  },
};
