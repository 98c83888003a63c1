import { createProgress } from '../command/progress.ts';
import { runCommand } from '../command/run-command.ts';
import { localeIn } from '../config/config.ts';
import { createLog, quietLibraries } from '../shared/log.ts';
import { doctorCommand, localeOf } from './command.ts';
import type { Finding } from './finding.ts';
import { strings } from './locales/strings.ts';
import { writeReport } from './report/write-report.ts';
import { runDoctor } from './run-doctor.ts';
import { inkFor, table } from './table.ts';

quietLibraries(createLog('silent'));
const texts = strings(localeOf(process.argv.slice(2), localeIn()));
// Exits without waiting for calls that exceeded their deadline and may still be running.
process.exit(await runCommand({ help: texts.help, headings: texts.headings, run }, process.argv.slice(2)));

async function run(args: readonly string[]): Promise<number> {
  const command = doctorCommand(args);
  const progress = createProgress(texts.examining, process.stderr, Date.now);
  const findings = await runDoctor({ ...command, strings: texts, onProgress: progress.at }).finally(progress.end);
  const ok = findings.every(({ status }) => status !== 'failed');
  await write(process.stdout, command.json ? json(ok, findings) : table(findings, texts, inkFor(process.stdout)));
  const isReported = command.report === null || (await report(command.report, findings));
  return ok && isReported ? 0 : 1;
}

async function report(file: string, findings: readonly Finding[]): Promise<boolean> {
  const outcome = await writeReport(file, findings);
  await write(process.stderr, `${texts.report[outcome](file)}\n`);
  return outcome === 'written';
}

function json(ok: boolean, findings: readonly Finding[]): string {
  return `${JSON.stringify({ ok, findings }, null, 2)}\n`;
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, () => resolve()));
}
