import type { Examine, Patient } from '../check.ts';
import type { Resource } from '../connections.ts';
import { hasFailed, wordsOfFailure } from '../failure-words.ts';
import { type Found, failed, ok } from '../finding.ts';

/** `works`: a call that needs the permission was answered. `untried`: none could be made. Rejects with what the call met. */
type Proof = (patient: Patient) => Promise<'works' | 'untried'>;

/** Whether an application permission is granted: a call is the proof, the token's claim says what to name. */
export function examinePermission(resource: Resource, role: string, prove: Proof): Examine {
  return async (patient) => {
    const { connections, words } = patient;
    const isGranted = (await connections.rolesFor(resource))?.has(role) ?? false;
    const missing = failed(words.permission.missing(role));
    try {
      const proof = await prove(patient);
      if (isGranted) return ok(words.permission.ok(role));
      return proof === 'works' ? ok(words.permission.unseen(role)) : missing;
    } catch (error) {
      return refused(error, isGranted ? failed(words.permission.ineffective(role, wordsOfFailure(error))) : missing);
    }
  };
}

/** Only a refusal is about permissions; what else went wrong says nothing of them. */
function refused(error: unknown, found: Found): Found {
  if (hasFailed(error, 'forbidden', 'unauthorized')) return found;
  throw error;
}
