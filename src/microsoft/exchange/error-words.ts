import { z } from 'zod';
import type { Answer } from '../http/failures.ts';

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

/** The least Entra role known to run each cmdlet; none is documented for the two on blocked connectors. */
const ROLES: Readonly<Record<string, string>> = {
  'Get-InboundConnector': 'Global Reader',
  'Get-BlockedConnector': 'Security Reader',
  'Remove-BlockedConnector': 'Security Administrator',
};

/** What Exchange's admin API says of a refusal; its outer message is always "Invalid Operation". */
export function wordsOfExchange(cmdlet: string, { status, text: body }: Pick<Answer, 'status' | 'text'>): string {
  const said = errorTextIn(body);
  if (status === 403) return [missingRole(cmdlet), said].filter((part) => part !== null).join(' ');
  if (status === 401) return [MISSING_PERMISSION, said].filter((part) => part !== null).join(' ');
  return said ?? `HTTP ${status}`;
}

export const MISSING_PERMISSION =
  'Exchange does not let this app in: grant it the application permission Exchange.ManageAsApp of Office 365 Exchange Online.';

/** A missing role and an unknown cmdlet look the same: 403 with NUL bytes for a body. */
export function missingRole(cmdlet: string): string {
  const role = ROLES[cmdlet] ?? 'Exchange Administrator';
  return (
    `the app lacks the Exchange role for ${cmdlet}, or the cmdlet is unknown to it: ` +
    `give the app's service principal the Entra role ${role}, or an Exchange role group that holds ${cmdlet}.`
  );
}

export function errorTextIn(body: string): string | null {
  const said = refusalSchema.safeParse(jsonOf(body));
  if (!said.success) return null;
  const { innererror, details, message } = said.data.error;
  const detail = details?.[0]?.message;
  return innererror?.internalexception?.message || withoutType(detail) || message || null;
}

/** `|Type|text` and `Code|Type|text` are both seen. */
function withoutType(message: string | null | undefined): string | undefined {
  return message?.replace(/^[^|]*\|[^|\s]*\|/, '');
}

export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
