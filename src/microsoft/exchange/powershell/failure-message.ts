import type { UpstreamFailure } from '../../../shared/errors.ts';
import { MISSING_PERMISSION, missingRole } from '../error-message.ts';
import { INSTALL_MODULE } from './requirements.ts';
import type { Failed } from './steps.ts';

export type Verdict = {
  readonly failure: UpstreamFailure;
  readonly message: string;
  /** Whether Exchange is certain to have done nothing. */
  readonly harmless: boolean;
};

/**
 * Classifies a failure of the script. PowerShell returns no status, so the error's id and text decide (inferred from the
 * module's published error texts). Once the cmdlet has begun, only a known refusal is harmless.
 */
export function verdictOn(cmdlet: string, { during, message, id }: Failed): Verdict {
  if (during === 'module') return { failure: 'rejected', message: `${INSTALL_MODULE} (${message})`, harmless: true };
  const failure = failureIn(`${id} ${message}`);
  if (during === 'connect') return { failure, message: connectMessage(failure, message), harmless: true };
  const explained = failure === 'forbidden' ? `${missingRole(cmdlet)} ${message}` : message;
  return { failure, message: explained, harmless: failure !== 'unavailable' };
}

const KINDS: readonly (readonly [RegExp, UpstreamFailure])[] = [
  [/ManagementObjectNotFound|couldn't be found on/i, 'not_found'],
  [/\b429\b|too many requests|throttl|MicroDelay|maximum number of (concurrent|parallel) requests/i, 'throttled'],
  // Connect-ExchangeOnline does not import a cmdlet that the application's roles do not include, so the cmdlet is unknown.
  [/CommandNotFoundException|is not recognized as a name/i, 'forbidden'],
  [/\b403\b|forbidden|access.?denied|isn't within your current write scopes/i, 'forbidden'],
  [/\b401\b|unauthorized|isn't supported in this scenario/i, 'unauthorized'],
  [/ParameterBinding|ParameterArgument|AmbiguousParameterSet|A parameter cannot be found/i, 'rejected'],
];

function failureIn(text: string): UpstreamFailure {
  return KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'unavailable';
}

function connectMessage(failure: UpstreamFailure, message: string): string {
  const refused = failure === 'unauthorized' || failure === 'forbidden';
  return `Connect-ExchangeOnline failed. ${refused ? `${MISSING_PERMISSION} ` : ''}${message}`;
}
