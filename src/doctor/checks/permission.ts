import type { CheckContext, Examine } from '../check.ts';
import type { Resource } from '../connections.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { type Found, failed, ok } from '../finding.ts';

/** `works`: a call that needs the permission was answered. `untried`: none could be made. Rejects with what the call met. */
type Proof = (context: CheckContext) => Promise<'works' | 'untried'>;

/** Whether an application permission is granted: a call is the proof, the token's claim says what to name. */
export function examinePermission(resource: Resource, role: string, prove: Proof): Examine {
  return async (context) => {
    const { connections, strings } = context;
    const isGranted = (await connections.rolesFor(resource))?.has(role) ?? false;
    const missing = failed(strings.permission.missing(role));
    try {
      const proof = await prove(context);
      if (isGranted) return ok(strings.permission.ok(role));
      return proof === 'works' ? ok(strings.permission.unseen(role)) : missing;
    } catch (error) {
      return refused(error, isGranted ? failed(strings.permission.ineffective(role, failureMessage(error))) : missing);
    }
  };
}

/** Only a refusal is about permissions; what else went wrong says nothing of them. */
function refused(error: unknown, found: Found): Found {
  if (hasFailed(error, 'forbidden', 'unauthorized')) return found;
  throw error;
}
