import type { Approval } from './approval.ts';
import type { Incident } from './incident.ts';
import { shownFrom } from './new-danger.ts';

/** Crockford's base 32: no letter that is read as a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 4;
const BITS = 5;

/**
 * Four characters that stand for one approval where people type instead of pressing a button, as it was when it was given or
 * with the dangers found since. A code is no secret and carries no right: who types it is known from the authenticated message.
 */
export function approvalCode(approval: Pick<Approval, 'id' | 'dangers'>): string {
  const revision = shownFrom(approval);
  return revision === undefined ? firstCode(approval) : codeOf(`approval ${approval.id} ${revision}`);
}

/** Whether a code stands for this approval, with or without what was found since. */
export function isCodeOf(approval: Pick<Approval, 'id' | 'dangers'>, code: string | null): boolean {
  return code === approvalCode(approval) || code === firstCode(approval);
}

function firstCode({ id }: Pick<Approval, 'id'>): string {
  return codeOf(`approval ${id}`);
}

/** Stands for an incident as it was shown to one person; another revision or another reader has another code. */
export function offerCode({ id, revision }: Pick<Incident, 'id' | 'revision'>, objectId: string): string {
  return codeOf(`offer ${id} ${revision} ${objectId.toLowerCase()}`);
}

/** A typed code as it is compared: upper case, with the letters people type for digits; null when it cannot be one. */
export function readCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((character) => ALPHABET.includes(character)) ? code : null;
}

function codeOf(text: string): string {
  const hash = fnv1a(text);
  return Array.from({ length: LENGTH }, (_, index) => ALPHABET[(hash >>> (index * BITS)) & 31] ?? '').join('');
}

/** FNV-1a, 32 bits, folded so that every bit of the text reaches the 20 that are used (draft-eastlake-fnv). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash ^ (hash >>> 12)) >>> 0;
}
