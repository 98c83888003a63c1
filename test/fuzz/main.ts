import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Help, NOT_UNDERSTOOD } from '../../src/command/help.ts';
import { runCommand, UsageError } from '../../src/command/run-command.ts';
import type { Measured, Report } from './fuzz.ts';

const HELP: Help = {
  summary:
    'Sends generated requests to every endpoint of the service, in a process of its own, with and without genuine tokens.',
  usage: ['npm run fuzz -- [--requests N] [--minutes N] [--seed N]'],
  options: [
    ['--requests <n>', 'The number of requests; 10000 by default.'],
    ['--minutes <n>', 'Start no request after this time, however many are left.'],
    ['--seed <n>', 'The same seed sends the same requests.'],
  ],
  examples: ['npm run fuzz -- --requests 1000000'],
  exitCodes: {
    0: 'The service kept running, and no response was 5xx except 503.',
    1: 'It did not, or could not be tested.',
    2: NOT_UNDERSTOOD,
  },
};

const schema = z.object({
  requests: z.coerce.number().int().min(1).default(10_000),
  minutes: z.coerce.number().positive().optional(),
  seed: z.coerce.number().int().min(0).optional(),
});

process.exitCode = await runCommand({ help: HELP, run }, process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { requests: { type: 'string' }, minutes: { type: 'string' }, seed: { type: 'string' } },
  });
  const read = schema.safeParse(values);
  if (!read.success) throw new UsageError(z.prettifyError(read.error));
  const { requests, minutes, seed = randomInt(2 ** 31) } = read.data;
  // Modules that load the whole service are imported only when used.
  const [{ fuzz }, { openSubject }] = await Promise.all([import('./fuzz.ts'), import('./subject.ts')]);
  const withinMs = minutes === undefined ? {} : { withinMs: minutes * 60_000 };
  say(`${requests} requests, seed ${seed}`);
  await using subject = await openSubject();
  const began = performance.now();
  const onMeasured = (memory: Measured) =>
    process.stderr.write(`${Math.round((performance.now() - began) / 1_000)} s: ${memoryRow(memory)}\n`);
  const report = await fuzz(subject, { requests, seed, ...withinMs, onMeasured });
  tell(report, (performance.now() - began) / 1_000);
  return report.faults.length === 0 ? 0 : 1;
}

function tell({ outcomes, memory, faults }: Report, seconds: number): void {
  const sorted = [...outcomes].toSorted(([a], [b]) => String(a).localeCompare(String(b)));
  say(
    `\n| outcome | requests |\n| --- | --- |\n${sorted.map(([outcome, times]) => `| ${outcome} | ${times} |`).join('\n')}`,
  );
  say('\nMemory of the service, MB; the live heap and the memory outside it are read after garbage collection:\n');
  say(`| after requests | live heap | outside the heap | resident | most resident |\n| --- | --- | --- | --- | --- |`);
  for (const measured of memory) say(memoryRow(measured));
  const sent = [...outcomes.values()].reduce((sum, times) => sum + times, 0);
  say(`${sent} requests in ${Math.round(seconds)} s.`);
  say(faults.length === 0 ? 'The service kept running, and no response was 5xx except 503.' : faults.join('\n'));
}

function memoryRow({ requests, heap, external, resident, peak }: Measured): string {
  return `| ${[requests, ...[heap, external, resident, peak].map(Math.round)].join(' | ')} |`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
