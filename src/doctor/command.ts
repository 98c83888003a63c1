import { parseArgs } from 'node:util';
import { UsageError } from '../command/run-command.ts';
import type { Config } from '../config/config.ts';

export type DoctorCommand = {
  readonly json: boolean;
  readonly sendTestCard: boolean;
  /** The file to write a report for the maintainers into; null for none. */
  readonly report: string | null;
};

/** Parses the arguments of `npm run doctor --`. Throws a `UsageError`, or the error of `parseArgs`. */
export function doctorCommand(args: readonly string[]): DoctorCommand {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      locale: { type: 'string' },
      'send-test-card': { type: 'boolean', default: false },
      report: { type: 'string' },
    },
  });
  if (values.locale !== undefined && !isLocale(values.locale))
    throw new UsageError(`--locale ${values.locale} is neither en-US nor ja-JP.`);
  if (values.report === '') throw new UsageError('--report needs the path of a file that does not exist yet.');
  return { json: values.json, sendTestCard: values['send-test-card'], report: values.report ?? null };
}

/** Returns the language that the arguments name, even if they are invalid otherwise; `fallback` when they name none. */
export function localeOf(args: readonly string[], fallback: Config['locale']): Config['locale'] {
  const named = args[args.indexOf('--locale') + 1];
  const joined = args.find((arg) => arg.startsWith('--locale='))?.slice('--locale='.length);
  const requested = joined ?? (args.includes('--locale') ? named : undefined);
  return requested !== undefined && isLocale(requested) ? requested : fallback;
}

function isLocale(text: string): text is Config['locale'] {
  return text === 'en-US' || text === 'ja-JP';
}
