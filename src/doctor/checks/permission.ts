import type { CheckContext, Examine } from '../check.ts';
import type { Resource } from '../connections.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { type Found, failed, ok } from '../finding.ts';

/** `works`: a call that needs the permission succeeded. `untried`: there was nothing to call. Rejects with the error of the call. */
type Proof = (context: CheckContext) => Promise<'works' | 'untried'>;

/** Checks an application permission. A call proves it; the claim in the token only selects the text of the finding. */
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

/** Returns the finding for a refusal, and rethrows any other error, which does not concern permissions. */
function refused(error: unknown, found: Found): Found {
  if (hasFailed(error, 'forbidden', 'unauthorized')) return found;
  throw error;
}
