import type { Approval } from './approval.ts';
import type { BreakGlassAct } from './break-glass.ts';
import type { Incident } from './incident.ts';
import { shownFrom } from './new-danger.ts';

/** Crockford's base 32, without letters that are easily read as digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 4;
const BITS = 5;

/**
 * Returns the four characters that identify an approval in typed commands. The code changes with the dangers found since the
 * approval. It is no secret and grants no right: the sender is known from the authenticated message.
 */
export function approvalCode(approval: Pick<Approval, 'id' | 'dangers'>): string {
  const revision = shownFrom(approval);
  return revision === undefined ? firstCode(approval) : codeOf(`approval ${approval.id} ${revision}`);
}

/** Whether a code identifies this approval, with or without the dangers found since. */
export function isCodeOf(approval: Pick<Approval, 'id' | 'dangers'>, code: string | null): boolean {
  return code === approvalCode(approval) || code === firstCode(approval);
}

function firstCode({ id }: Pick<Approval, 'id'>): string {
  return codeOf(`approval ${id}`);
}

/** Returns the four characters that identify a break-glass act in typed commands. It is no secret and grants no right. */
export function breakGlassCode({ id }: Pick<BreakGlassAct, 'id'>): string {
  return codeOf(`break-glass ${id}`);
}

/** Returns a code for an incident as it was shown to one person. Another revision or another reader has another code. */
export function offerCode({ id, revision }: Pick<Incident, 'id' | 'revision'>, objectId: string): string {
  return codeOf(`offer ${id} ${revision} ${objectId.toLowerCase()}`);
}

/** Normalizes a typed code: upper case, with look-alike letters replaced by digits. Returns null when it cannot be a code. */
export function readCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((character) => ALPHABET.includes(character)) ? code : null;
}

function codeOf(text: string): string {
  const hash = fnv1a(text);
  return Array.from({ length: LENGTH }, (_, index) => ALPHABET[(hash >>> (index * BITS)) & 31] ?? '').join('');
}

/** FNV-1a with 32 bits, folded so that every bit of the text affects the 20 bits used (draft-eastlake-fnv). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 12)) >>> 0;
}
