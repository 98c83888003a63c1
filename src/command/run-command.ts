import { once } from 'node:events';
import { type Headings, type Help, helpText } from './help.ts';

/** An invalid command line; the message says what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Command = {
  readonly help: Help;
  readonly headings?: Headings;
  /** Runs the command and returns its exit code. Throws `UsageError` for unknown arguments. */
  run(args: readonly string[]): Promise<number>;
};

/** Runs a command and returns its exit code: 0 for success, 1 for a failure, 2 for an invalid command line. */
export async function runCommand({ help, headings, run }: Command, args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    await writeOut(helpText(help, headings));
    return 0;
  }
  try {
    return await run(args);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!isUsage(error)) return printError(message, 1);
    return printError([message, '', ...help.usage, '', `${commandOf(help)} --help`].join('\n'), 2);
  }
}

/** Writes to standard output and waits while its reader is slow. */
export async function writeOut(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Writes a line to standard error and returns the exit code. */
export function printError(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}

/** Returns whether an error is about the command line, including those of `parseArgs` (Node.js: Errors, `ERR_PARSE_ARGS_*`). */
function isUsage(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** Returns the command of a usage line, such as `npm run audit --` of `npm run audit -- verify …`. */
function commandOf({ usage: [first = ''] }: Help): string {
  return first.match(/^npm (?:run )?\S+(?: --)?/)?.[0].replace(/(?<! --)$/, ' --') ?? first;
}
