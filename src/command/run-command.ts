import { once } from 'node:events';
import { type Headings, type Help, helpText } from './help.ts';

/** A command line that cannot be understood; the message says what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Command = {
  readonly help: Help;
  readonly headings?: Headings;
  /** Carries the command out and gives its exit code; throws `UsageError` for arguments it does not know. */
  run(args: readonly string[]): Promise<number>;
};

/** Runs a command and gives its exit code: 0, 1 for anything that failed, 2 for arguments nobody understands. */
export async function runCommand({ help, headings, run }: Command, args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    await writeOut(helpText(help, headings));
    return 0;
  }
  try {
    return await run(args);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!isUsage(error)) return complain(message, 1);
    return complain([message, '', ...help.usage, '', `${firstWords(help)} --help`].join('\n'), 2);
  }
}

/** Writes to standard output, as fast as its reader takes it. */
export async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Writes a line to standard error; gives the exit code. */
export function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}

/** The errors of `parseArgs` count too (Node.js: Errors, `ERR_PARSE_ARGS_*`). */
function isUsage(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** `npm run audit --` of `npm run audit -- verify …`. */
function firstWords({ usage: [first = ''] }: Help): string {
  return first.match(/^npm (?:run )?\S+(?: --)?/)?.[0].replace(/(?<! --)$/, ' --') ?? first;
}
