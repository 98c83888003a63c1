import type { Check, Finding, Statement } from '../../incident/model/finding.ts';
import type { Incident, IncidentState } from '../../incident/model/incident.ts';
import { type Locale, strings } from '../locales/locale.ts';

/** The checks that read the connector's mail. Without them it is not known whether the restriction was justified. */
const MAIL_CHECKS = ['traffic', 'senders', 'sending_addresses'] as const;

const UNREAD: ReadonlySet<Statement['kind']> = new Set<Statement['kind']>([
  'not_permitted',
  'not_licensed',
  'no_answer_in_time',
  'no_answer',
  'trace_needs_addresses',
  'configuration_unread',
  'check_failed',
]);

const DECIDED_IN: ReadonlySet<IncidentState> = new Set(['restricted', 'unblock_failed', 'awaiting_confirmation']);

/** The checks of mail that read nothing, and what that means for the next decision. */
export type UnreadMail = { readonly checks: readonly Check[]; readonly text: string };

/** Returns the unread checks; null when the mail was read, or when there is no decision left. `isShort` omits the cause. */
export function unreadMail(incident: Incident, locale: Locale, isShort: boolean): UnreadMail | null {
  if (!DECIDED_IN.has(incident.state)) return null;
  const unread = (incident.findings ?? []).filter(isUnread);
  const checks = MAIL_CHECKS.filter((check) => unread.some((finding) => finding.check === check));
  const [first] = unread.filter(({ check }) => checks.some((it) => it === check));
  if (first === undefined) return null;
  const { unreadMail: texts } = strings(locale).cards.findings;
  const names = checks.map((check) => texts.checks[check]).join(texts.comma);
  const text = isShort ? texts.inShort(names) : texts.atLength(names, causeOf(first.statements[0], locale));
  return { checks, text };
}

function isUnread({ verdict, statements: [worst] }: Finding): boolean {
  return verdict === 'unknown' && UNREAD.has(worst.kind);
}

function causeOf({ values }: Statement, locale: Locale): string | null {
  const { noPermission, noLicence } = strings(locale).cards.findings.unreadMail;
  if ('permission' in values) return noPermission(values.permission);
  return 'feature' in values ? noLicence(values.feature) : null;
}
