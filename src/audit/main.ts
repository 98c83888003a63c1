import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { hostname, userInfo } from 'node:os';
import { databaseUrl } from '../config/config.ts';
import type { TrailBreak } from '../incident/model/trail.ts';
import { readAudit } from '../storage/audit.ts';
import { type Db, openBeside, openForReading } from '../storage/database.ts';
import { readTrail } from '../storage/trail.ts';
import { readVersion } from '../storage/version.ts';
import { acceptTrail, describeBreak, whatToAccept } from './accept.ts';
import { type Acceptance, digestUpTo, readAcceptance } from './accepted.ts';
import { type AuditCommand, auditCommand, USAGE } from './command.ts';
import { crossCheck } from './cross-check.ts';
import { CSV_HEADER, csvLine, jsonLine } from './format.ts';
import { verifyAudit } from './verify.ts';

const BYTE_ORDER_MARK = '\ufeff';

process.exitCode = await run(auditCommand(process.argv.slice(2)));

/** 0: done, or intact. 1: broken, or not to be read. 2: not understood. */
async function run(command: AuditCommand): Promise<number> {
  if (command.kind === 'usage') return complain(`${command.why}\n${USAGE}`, 2);
  try {
    const database = command.kind === 'accept' ? openBeside(databaseUrl()) : openForReading(databaseUrl());
    try {
      return await carryOut(database.db, command);
    } finally {
      await database.close();
    }
  } catch (error) {
    return complain(`The audit trail could not be read: ${error instanceof Error ? error.message : String(error)}`, 1);
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

async function verify(db: Db, { anchors }: Extract<AuditCommand, { kind: 'verify' }>): Promise<number> {
  const { accepted, found } = await stateOf(db);
  if (accepted !== null) await write(acceptedText(accepted));
  if (found !== null)
    return complain(`The service found this, and nobody has accepted it.\n${describeBreak(found)}`, 1);
  if (accepted !== null && (await digestUpTo(db, accepted.upTo.seq)) !== accepted.digest)
    return complain(`BROKEN up to entry ${accepted.upTo.seq}: what was accepted was changed since.`, 1);
  const later = anchors.filter(({ seq }) => seq > (accepted?.upTo.seq ?? 0));
  const verdict = await verifyAudit(db, later, accepted?.upTo);
  if (verdict.kind === 'broken') return complain(`BROKEN at entry ${verdict.seq}: ${verdict.why}.`, 1);
  const mismatches = await crossCheck(db);
  const listed = mismatches.map(({ what, id }) => `MISMATCH: ${what}: ${id}\n`).join('');
  if (mismatches.length > 0) return complain(`${listed}The tables and the audit trail do not agree.`, 1);
  const { seq, hash } = verdict.head;
  const intact = accepted === null ? `${seq} entries` : `entries ${accepted.upTo.seq + 1} to ${seq}`;
  await write(`Intact: ${intact}.\nTo anchor it, note this elsewhere: ${seq}:${hash}\n`);
  return 0;
}

function acceptedText({ seq, at, by, because, upTo }: Acceptance): string {
  const when = new Date(at).toISOString();
  return `ACCEPTED, not proven: entries 1 to ${upTo.seq}, by ${by} at ${when} (entry ${seq}): ${because}\n`;
}

/** A database of an older version knows of no acceptance. */
async function stateOf(db: Db): Promise<{ readonly accepted: Acceptance | null; readonly found: TrailBreak | null }> {
  if ((await readVersion(db)) !== 'current') return { accepted: null, found: null };
  const { acceptedSeq, found } = await readTrail(db);
  return { accepted: await readAcceptance(db, acceptedSeq), found };
}

async function accept(db: Db, { by, because }: Extract<AuditCommand, { kind: 'accept' }>): Promise<number> {
  if ((await readVersion(db)) !== 'current')
    return complain('Start the service of this version first: it brings the database up to date.', 1);
  const found = await whatToAccept(db, Date.now());
  if (found === null) {
    await write('Intact: there is nothing to accept.\n');
    return 0;
  }
  await write(`${describeBreak(found)}\n`);
  if (by === null || because === null)
    return complain(
      `Nothing was recorded. Keep a copy of the database first; then say who decided, and why:\n${USAGE}`,
      2,
    );
  const operator = `${userInfo().username}@${hostname()}`;
  const { seq, hash } = await acceptTrail(db, found, { by, because, operator, at: Date.now(), id: randomUUID() });
  await write(
    `Accepted by ${by}, in entry ${seq}; the service goes on from there.\nNote this elsewhere: ${seq}:${hash}\n`,
  );
  return 0;
}

async function print(db: Db, { format, from, to, bom }: Extract<AuditCommand, { kind: 'export' }>): Promise<number> {
  if (format === 'csv') await write(`${bom ? BYTE_ORDER_MARK : ''}${CSV_HEADER}\r\n`);
  for await (const page of readAudit(db, { from, to })) {
    await write(page.map((row) => (format === 'csv' ? `${csvLine(row)}\r\n` : `${jsonLine(row)}\n`)).join(''));
  }
  return 0;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}
