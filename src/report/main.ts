import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Help, NOT_UNDERSTOOD } from '../command/help.ts';
import { printError, runCommand, UsageError, writeOut } from '../command/run-command.ts';
import { databaseUrl, localeIn } from '../config/config.ts';
import { commandPassword } from '../microsoft/database-password.ts';
import { type Db, openForReading } from '../storage/database.ts';
import { listLatest } from '../storage/incidents.ts';
import { htmlOf } from './html.ts';
import { markdownOf } from './markdown.ts';
import { readReport, reportFileName } from './read-report.ts';

const HELP: Help = {
  summary: 'Writes a report on one incident, as HTML and as Markdown, for a ticket or an auditor.',
  usage: ['npm run report -- <incident> [--to <folder>] [--locale en-US|ja-JP]', 'npm run report -- --list'],
  options: [
    ['--to <folder>', 'The folder for both files; the current folder by default. Files of the same name are replaced.'],
    ['--locale en-US|ja-JP', 'The language; LOCALE by default.'],
    ['--list', 'List the ids of the latest incidents.'],
  ],
  examples: ['npm run report -- --list', 'npm run report -- 3f1e0a52-77aa-4b11-8c3d-9d8e7f6a5b4c --to /tickets'],
  exitCodes: { 0: 'The report is written.', 1: 'There is no such incident, or no report.', 2: NOT_UNDERSTOOD },
};

const OPTIONS = { to: { type: 'string' }, locale: { type: 'string' }, list: { type: 'boolean' } } as const;
const MAX_LISTED = 20;

// A report names people, so its files are readable by their owner only.
process.umask(0o077);
process.exitCode = await runCommand({ help: HELP, run }, process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [incidentId, ...more] = positionals;
  const locale = localeOf(values.locale);
  if (more.length > 0 || (incidentId === undefined) !== (values.list === true))
    throw new UsageError('Name one incident, or use --list.');
  const { db, close } = openForReading(databaseUrl(), commandPassword());
  try {
    return incidentId === undefined
      ? await list(db)
      : await write(db, incidentId, { folder: values.to ?? '.', locale });
  } finally {
    await close();
  }
}

function localeOf(language: string | undefined): 'en-US' | 'ja-JP' {
  if (language === undefined) return localeIn();
  if (language === 'en-US' || language === 'ja-JP') return language;
  throw new UsageError('--locale is en-US or ja-JP.');
}

async function list(db: Db): Promise<number> {
  for (const { id, connector, state, openedAt } of await listLatest(db, MAX_LISTED, null))
    await writeOut(
      `${id}  ${new Date(openedAt).toISOString()}  ${state}  ${connector?.name ?? connector?.id ?? '-'}\n`,
    );
  return 0;
}

type ReportRequest = { readonly folder: string; readonly locale: 'en-US' | 'ja-JP' };

async function write(db: Db, incidentId: string, { folder, locale }: ReportRequest): Promise<number> {
  const report = await readReport(db, { incidentId, locale, writtenAt: Date.now() });
  if (report === null) return printError(`No incident has the id ${incidentId}; --list shows the latest.`, 1);
  for (const [extension, text] of [
    ['html', htmlOf(report.document)],
    ['md', markdownOf(report.document)],
  ] as const) {
    const file = join(folder, `${reportFileName(report.incident)}.${extension}`);
    await writeFile(file, text);
    await writeOut(`${file}\n`);
  }
  return 0;
}
