const DECIDE =
  'Nothing is unblocked until a person has decided; alerts are still shown. Keep a copy of the database, find out with npm run audit -- verify what was changed, then record the decision with npm run audit -- accept.';

/** Messages about the audit trail. */
export const trailEnUs = {
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
    `The audit trail is broken at entry ${seq}, known since ${since}: nothing is unblocked until a person has decided (npm run audit -- accept).`,
};
