import { once } from 'node:events';
import { databaseUrl } from '../config/config.ts';
import { readAudit } from '../storage/audit.ts';
import { type Db, openForReading } from '../storage/database.ts';
import { type AuditCommand, auditCommand, USAGE } from './command.ts';
import { CSV_HEADER, csvLine, jsonLine } from './format.ts';
import { verifyAudit } from './verify.ts';

const BYTE_ORDER_MARK = '\ufeff';

process.exitCode = await run(auditCommand(process.argv.slice(2)));

/** 0: done, or intact. 1: broken, or not to be read. 2: not understood. */
async function run(command: AuditCommand): Promise<number> {
  if (command.kind === 'usage') return complain(`${command.why}\n${USAGE}`, 2);
  try {
    const database = openForReading(databaseUrl());
    try {
      return command.kind === 'verify' ? await verify(database.db, command) : await print(database.db, command);
    } finally {
      await database.close();
    }
  } catch (error) {
    return complain(`The audit trail could not be read: ${error instanceof Error ? error.message : String(error)}`, 1);
  }
}

async function verify(db: Db, { anchors }: Extract<AuditCommand, { kind: 'verify' }>): Promise<number> {
  const verdict = await verifyAudit(db, anchors);
  if (verdict.kind === 'broken') return complain(`BROKEN at entry ${verdict.seq}: ${verdict.why}.`, 1);
  const { seq, hash } = verdict.head;
  await write(`Intact: ${seq} entries.\nTo anchor it, note this elsewhere: ${seq}:${hash}\n`);
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
