import { parseArgs } from 'node:util';
import type { Config } from '../config/config.ts';

export type DoctorCommand =
  | {
      readonly kind: 'examine';
      readonly locale: Config['locale'];
      readonly json: boolean;
      readonly sendTestCard: boolean;
    }
  | { readonly kind: 'usage'; readonly why: string; readonly locale: Config['locale'] };

/** Reads the words after `npm run doctor --`; `locale` is the one to answer in when they name none. */
export function doctorCommand(args: readonly string[], locale: Config['locale']): DoctorCommand {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        locale: { type: 'string' },
        'send-test-card': { type: 'boolean', default: false },
      },
    });
    const chosen = values.locale ?? locale;
    if (chosen !== 'en-US' && chosen !== 'ja-JP')
      return { kind: 'usage', why: `--locale ${chosen} is neither en-US nor ja-JP.`, locale };
    return { kind: 'examine', locale: chosen, json: values.json, sendTestCard: values['send-test-card'] };
  } catch (error) {
    return { kind: 'usage', why: error instanceof Error ? error.message : String(error), locale };
  }
}
