import { z } from 'zod';
import { jsonIn } from '../../shared/json.ts';
import type { Explanation, UpstreamResponse } from '../http/failures.ts';
import { oneLine } from '../http/one-line.ts';
import { GRANTS } from './cmdlets.ts';

const text = z.string().nullish().catch(null);
const refusalSchema = z.object({
  error: z.object({
    message: text,
    details: z
      .array(z.object({ message: text }))
      .nullish()
      .catch(null),
    innererror: z
      .object({ internalexception: z.object({ message: text }).nullish().catch(null) })
      .nullish()
      .catch(null),
  }),
});

/**
 * Messages that report throttling (`CROWDED`) or a transient failure (`TRANSIENT`) under any status (GreyCorbel/ExoHelper,
 * Invoke-ExoCommand.ps1). Exchange throttles before a cmdlet begins (inferred); a transient failure may interrupt one that
 * has begun.
 */
const CROWDED = /maximum number of (concurrent|parallel) requests|too many (concurrent )?requests|server (is )?busy/i;
const TRANSIENT = /issue may be transient|transient (error|failure)/i;
/** Values of the `X-ExceptionType` header after which ExoHelper retries a call. */
const TRANSIENT_TYPES: ReadonlySet<string> = new Set(['UnableToWriteToAadException']);

/** Extracts the message from an error response of Exchange's admin API, whose outer message is always "Invalid Operation". */
export function explainExchange(
  cmdlet: string,
  { status, text: body, headers }: Pick<UpstreamResponse, 'status' | 'text' | 'headers'>,
): Explanation {
  const type = headers.get('x-exceptiontype');
  const message = [errorTextIn(body), type === null ? null : `(${type})`].filter((part) => part !== null).join(' ');
  if (CROWDED.test(message)) return { message, instead: { failure: 'throttled', effect: 'none' } };
  if (TRANSIENT.test(message) || (type !== null && TRANSIENT_TYPES.has(type)))
    return { message, instead: { failure: 'unavailable', effect: 'as_lost' } };
  if (status === 403) return { message: [missingRole(cmdlet), message].join(' ').trim() };
  if (status === 401) return { message: [MISSING_PERMISSION, message].join(' ').trim() };
  return { message: message === '' ? `HTTP ${status}` : message };
}

export const MISSING_PERMISSION =
  'Exchange does not let this app in: grant it the application permission Exchange.ManageAsApp of Office 365 Exchange Online.';

/**
 * Returns the message for a missing role or an unknown cmdlet, which cannot be told apart: both are 403 with a body of NUL
 * bytes.
 */
export function missingRole(cmdlet: string): string {
  return (
    `the app lacks the Exchange role for ${cmdlet}, or the cmdlet is unknown to it: ` +
    `give the app's service principal ${grantFor(cmdlet)}, or an Exchange role group that holds ${cmdlet}.`
  );
}

/** `EXOModuleFile` is not a cmdlet, and any role permits it. */
function grantFor(cmdlet: string): string {
  return Object.entries(GRANTS).find(([name]) => name === cmdlet)?.[1] ?? 'the Entra role Global Reader';
}

export function errorTextIn(body: string): string | null {
  const parsed = refusalSchema.safeParse(jsonIn(body));
  if (!parsed.success) return plainTextIn(body);
  const { innererror, details, message } = parsed.data.error;
  const detail = details?.[0]?.message;
  return innererror?.internalexception?.message || withoutType(detail) || message || null;
}

/** UTF-16 units. */
const MAX_PLAIN = 200;

/** Returns the message of a plain-text refusal. A proxy's HTML page, NUL bytes and JSON of another shape carry none. */
function plainTextIn(body: string): string | null {
  const line = oneLine(body, MAX_PLAIN);
  return line === '' || /^[<{[]/.test(line) ? null : line;
}

/** Removes the type in front of a message; both `|Type|text` and `Code|Type|text` have been seen. */
function withoutType(message: string | null | undefined): string | undefined {
  return message?.replace(/^[^|]*\|[^|\s]*\|/, '');
}
