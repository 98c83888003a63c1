import type { Approval, ApprovalEnding, VoidCause } from '../../incident/model/approval.ts';
import type { BreakGlassAct, BreakGlassEnding } from '../../incident/model/break-glass.ts';
import type { Strings } from '../locales/locale.ts';
import { shortName } from './card-text.ts';

/** Formats the name of a person. */
type NameOf = (person: { readonly name: string }) => string;

/** Returns one sentence about how an approval ended. */
export function approvalEndingText(
  { fingerprint }: Approval,
  ending: Exclude<ApprovalEnding, { kind: 'confirmed' }>,
  { ended }: Strings['cards'],
  nameOf: NameOf = shortName,
): string {
  switch (ending.kind) {
    case 'rejected':
    case 'withdrawn':
      return ended[ending.kind](nameOf(ending.by));
    case 'voided':
      return voidText(ending.cause, fingerprint, ended, nameOf);
    default:
      return ended[ending.kind];
  }
}

/** Returns one sentence about how a break-glass act ended. */
export function breakGlassEndingText(
  { fingerprint }: BreakGlassAct,
  ending: BreakGlassEnding,
  texts: Strings['breakGlass'],
  nameOf: NameOf = shortName,
): string {
  switch (ending.kind) {
    case 'stopped':
      return texts.stopped(nameOf(ending.by));
    case 'overtaken':
      return texts.overtaken;
    case 'voided':
      return voidText(ending.cause, fingerprint, texts, nameOf);
  }
}

type VoidTexts = Pick<
  Strings['breakGlass'],
  'configurationChanged' | 'configurationFound' | 'notEligible' | 'couldNotRecheck' | 'auditTrailBroken'
>;

function voidText(cause: VoidCause, fingerprint: string | null, texts: VoidTexts, nameOf: NameOf): string {
  switch (cause.kind) {
    case 'configuration_changed':
      return fingerprint === null ? texts.configurationFound : texts.configurationChanged;
    case 'not_eligible':
      return texts.notEligible(nameOf(cause));
    case 'could_not_recheck':
      return texts.couldNotRecheck;
    case 'audit_trail_broken':
      return texts.auditTrailBroken(cause.seq);
  }
}
