import type { CheckContext, Examine } from '../check.ts';
import type { Resource } from '../connections.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { type FindingText, type Found, failed, ok, warning } from '../finding.ts';

/** `works`: a call that needs the permission succeeded. `untried`: there was nothing to call. Rejects with the error of the call. */
type Proof = (context: CheckContext) => Promise<'works' | 'untried'>;

/** Checks an application permission. A call proves it; the claim in the token only selects the text of the finding. */
export function examinePermission(resource: Resource, role: string, prove: Proof): Examine {
  return async (context) => {
    const { config, connections, strings } = context;
    const isGranted = (await connections.rolesFor(resource))?.has(role) ?? false;
    const missing = failed(strings.permission.missing(role, config.credential.kind));
    try {
      const proof = await prove(context);
      if (isGranted) return ok(strings.permission.ok(role));
      return proof === 'works' ? ok(strings.permission.unseen(role)) : missing;
    } catch (error) {
      // Another error does not concern permissions.
      if (!hasFailed(error, 'forbidden', 'unauthorized')) throw error;
      return isGranted ? failed(strings.permission.ineffective(role, failureMessage(error))) : missing;
    }
  };
}

type OptionalPermission = {
  readonly role: string;
  readonly notGranted: (role: string) => FindingText;
  readonly refused: (role: string, reason: string) => FindingText;
};

/** Checks an optional application permission of Graph by a call. `use` returns a finding of its own, or null when the call works. */
export async function examineOptional(
  { connections, strings }: CheckContext,
  { role, notGranted, refused }: OptionalPermission,
  use: () => Promise<Found | null>,
): Promise<Found> {
  if ((await connections.rolesFor('graph'))?.has(role) !== true) return ok(notGranted(role));
  try {
    return (await use()) ?? ok(strings.permission.ok(role));
  } catch (error) {
    if (!hasFailed(error, 'forbidden', 'unauthorized')) throw error;
    return warning(refused(role, failureMessage(error)));
  }
}
