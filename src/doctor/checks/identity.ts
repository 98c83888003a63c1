import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DAY_MS } from '../../incident/model/duration.ts';
import { readSecretExpiry } from '../../microsoft/graph/app-credentials.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { CheckContext, Examine } from '../check.ts';
import type { Resource } from '../connections.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { type Found, failed, ok, warning } from '../finding.ts';
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

const SOON_DAYS = 30;
const READS_APPLICATIONS = 'Application.Read.All';

/** Checks when the service's credential expires. A managed identity has none that expires. */
export const examineCredentialExpiry: Examine = async (context) => {
  const { config, strings } = context;
  switch (config.credential.kind) {
    case 'managed_identity':
    case 'federated':
      return ok(strings.credentialExpiry.never);
    case 'certificate':
      return judge(context, 'certificate', await certificateExpiry(config.credential.path));
    case 'secret':
      return examineSecret(context, config.credential.secret);
  }
};

async function examineSecret(context: CheckContext, secret: string): Promise<Found> {
  const { config, connections, strings } = context;
  try {
    const expiresAt = await readSecretExpiry(connections.graph, config.clientId, secret);
    return expiresAt === null ? ok(strings.credentialExpiry.noSuchSecret) : judge(context, 'secret', expiresAt);
  } catch (error) {
    if (!hasFailed(error, 'forbidden', 'unauthorized')) throw error;
    const isGranted = (await connections.rolesFor('graph'))?.has(READS_APPLICATIONS) === true;
    if (isGranted) return warning(strings.credentialExpiry.refused(READS_APPLICATIONS, failureMessage(error)));
    return ok(strings.credentialExpiry.notGranted(READS_APPLICATIONS));
  }
}

async function certificateExpiry(path: string): Promise<number> {
  return Date.parse(new X509Certificate(await readFile(path)).validTo);
}

function judge({ clock, strings }: CheckContext, credential: 'secret' | 'certificate', expiresAt: number): Found {
  const { fine, soon, expired } = strings.credentialExpiry;
  const date = new Date(expiresAt).toISOString().slice(0, 10);
  const days = Math.floor((expiresAt - clock()) / DAY_MS);
  if (days < 0) return failed(expired(credential, date));
  return days < SOON_DAYS ? warning(soon(credential, days, date)) : ok(fine(credential, date));
}
