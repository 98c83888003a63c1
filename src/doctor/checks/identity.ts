import { UpstreamError } from '../../shared/errors.ts';
import type { Examine } from '../check.ts';
import type { Resource } from '../connections.ts';
import { failureMessage } from '../failure-message.ts';
import { failed, ok } from '../finding.ts';
import { tokenFailureIn } from '../token-failure.ts';

const RESOURCES: readonly Resource[] = ['graph', 'exchange', 'teams'];

/** Checks whether Entra issues the service a token for at least one resource. */
export const examineIdentity: Examine = async ({ config, connections, strings }) => {
  const tokens = await Promise.allSettled(RESOURCES.map((resource) => connections.tokenFor[resource]()));
  const [refusal] = tokens.flatMap((token) => (token.status === 'rejected' ? [token.reason] : []));
  if (tokens.some(({ status }) => status === 'fulfilled')) return ok(strings.identity.ok(config.credential.kind));
  return failed(strings.token.failed(tokenFailureIn(messageIn(refusal)), failureMessage(refusal)));
};

/** Checks whether Entra issues a token for one resource. */
export function examineToken(resource: Resource): Examine {
  return async ({ connections, strings }) => {
    try {
      await connections.tokenFor[resource]();
      return ok(strings.token.ok);
    } catch (error) {
      return failed(strings.token.failed(tokenFailureIn(messageIn(error)), failureMessage(error)));
    }
  };
}

function messageIn(error: unknown): string {
  if (error instanceof UpstreamError) return error.details.message;
  return error instanceof Error ? error.message : '';
}
