import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { createProgress } from '../command/progress.ts';
import { printError, runCommand, UsageError, writeOut } from '../command/run-command.ts';
import { databaseUrl } from '../config/config.ts';
import { commandPassword } from '../microsoft/database-password.ts';
import { readAudit } from '../storage/audit.ts';
import { type Db, openBeside, openForReading } from '../storage/database.ts';
import { readVersion } from '../storage/version.ts';
import { acceptTrail, describeBreak, whatToAccept } from './accept.ts';
import type { Acceptance } from './accepted.ts';
import { type AuditCommand, auditCommand, HELP } from './command.ts';
import { CSV_HEADER, csvLine, jsonLine } from './format.ts';
import { reportOnTrail, type TrailReport } from './trail-report.ts';

const BYTE_ORDER_MARK = '\ufeff';

process.exitCode = await runCommand({ help: HELP, run }, process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const command = auditCommand(args);
  if (command.kind === 'usage') throw new UsageError(command.reason);
  const url = databaseUrl();
  try {
    const password = commandPassword();
    const database = command.kind === 'accept' ? openBeside(url, password) : openForReading(url, password);
    try {
      return await carryOut(database.db, command);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return printError(
      `The audit trail could not be read: ${error instanceof Error ? error.message : String(error)}`,
      1,
    );
  }
}

async function carryOut(db: Db, command: Exclude<AuditCommand, { kind: 'usage' }>): Promise<number> {
  switch (command.kind) {
    case 'verify':
      return verify(db, command);
    case 'export':
      return print(db, command);
    case 'accept':
      return accept(db, command);
  }
}

async function verify(db: Db, { anchors, json }: Extract<AuditCommand, { kind: 'verify' }>): Promise<number> {
  const progress = createProgress('Verifying the audit trail', process.stderr, Date.now);
  const report = await reportOnTrail(db, anchors, progress.at).finally(progress.end);
  if (json) await writeOut(`${JSON.stringify(report)}\n`);
  else await printReport(report);
  return report.intact ? 0 : 1;
}

async function printReport(report: TrailReport): Promise<void> {
  const { accepted, entries, problems, head } = report;
  if (accepted !== null) await writeOut(acceptedText(accepted));
  if (problems.length > 0) printError(problems.join('\n'), 1);
  if (head === null) return;
  const intact = accepted === null ? `${entries} entries` : `entries ${accepted.upTo.seq + 1} to ${entries}`;
  await writeOut(`Intact: ${intact}.\nTo anchor it, note this elsewhere: ${head.seq}:${head.hash}\n`);
}

function acceptedText({ seq, at, by, because, upTo }: Acceptance): string {
  const when = new Date(at).toISOString();
  return `ACCEPTED, not proven: entries 1 to ${upTo.seq}, by ${by} at ${when} (entry ${seq}): ${because}\n`;
}

async function accept(db: Db, { by, because }: Extract<AuditCommand, { kind: 'accept' }>): Promise<number> {
  if ((await readVersion(db)) !== 'current')
    return printError('Start the service of this version first: it migrates the database.', 1);
  const found = await whatToAccept(db, Date.now());
  if (found === null) {
    await writeOut('Intact: there is nothing to accept.\n');
    return 0;
  }
  await writeOut(`${describeBreak(found)}\n`);
  if (by === null || because === null)
    throw new UsageError(
      'Nothing was recorded. Keep a copy of the database first; then name who decided (--by) and the reason (--because).',
    );
  const operator = `${userInfo().username}@${hostname()}`;
  const { seq, hash } = await acceptTrail(db, found, { by, because, operator, at: Date.now(), id: randomUUID() });
  await writeOut(
    `Accepted by ${by}, in entry ${seq}; the service goes on from there.\nNote this elsewhere: ${seq}:${hash}\n`,
  );
  return 0;
}

async function print(db: Db, { format, from, to, bom }: Extract<AuditCommand, { kind: 'export' }>): Promise<number> {
  if (format === 'csv') await writeOut(`${bom ? BYTE_ORDER_MARK : ''}${CSV_HEADER}\r\n`);
  for await (const page of readAudit(db, { from, to })) {
    await writeOut(page.map((row) => (format === 'csv' ? `${csvLine(row)}\r\n` : `${jsonLine(row)}\n`)).join(''));
  }
  return 0;
}
