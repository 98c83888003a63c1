import { localeIn } from '../config/config.ts';
import { createLog, quietLibraries } from '../shared/log.ts';
import { type DoctorCommand, doctorCommand } from './command.ts';
import type { Finding } from './finding.ts';
import { findingsHere } from './findings-here.ts';
import { words } from './locales/words.ts';
import { inkFor, table } from './table.ts';

quietLibraries(createLog('silent'));
const code = await run(doctorCommand(process.argv.slice(2), localeIn()));
// A call that was given up may still be under way; nobody waits for it.
process.exit(code);

/** 0: the service can do its main work. 1: it could not. 2: not understood. */
async function run(command: DoctorCommand): Promise<number> {
  const said = words(command.locale);
  if (command.kind === 'usage') {
    await write(process.stderr, `${command.why}\n${said.usage}\n`);
    return 2;
  }
  const findings = await findingsHere({ ...command, words: said });
  const ok = findings.every(({ status }) => status !== 'failed');
  await write(process.stdout, command.json ? json(ok, findings) : table(findings, said, inkFor(process.stdout)));
  return ok ? 0 : 1;
}

function json(ok: boolean, findings: readonly Finding[]): string {
  return `${JSON.stringify({ ok, findings }, null, 2)}\n`;
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, () => resolve()));
}
