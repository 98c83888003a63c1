import { randomUUID } from 'node:crypto';
import type { Resources } from './clouds.ts';
import type { Permissions } from './permissions.ts';
import type { SimulatedService } from './service-server.ts';
import { methodAndPath } from './service-server.ts';
import type { SigningKey } from './signing-keys.ts';
import { type Answer, type Call, json } from './wire.ts';

/** The name of the service's application in Entra and Defender. */
export const APPLICATION_NAME = 'Connector bot';

const LIFETIME_SECONDS = 86_400;

/** Returns the granted application roles of one resource, which a token contains. */
function rolesFor(resource: string, { resources, permissions }: Application): readonly string[] | undefined {
  const { graph, exchange, feed, bot, database, tokenExchange } = resources;
  if (permissions.isWithheld(resource)) return undefined;
  const ofExchange = (role: string) => role.startsWith('Exchange.');
  const ofFeed = (role: string) => role.startsWith('ActivityFeed.');
  const granted = [...permissions.granted()];
  if (resource === graph) return granted.filter((role) => !ofExchange(role) && !ofFeed(role));
  if (resource === exchange) return granted.filter(ofExchange);
  if (resource === feed) return granted.filter(ofFeed);
  return [bot, database, tokenExchange].some((known) => known === resource) ? [] : undefined;
}

export type Application = {
  readonly clientId: string;
  readonly tenantId: string;
  readonly objectId: string;
  /** The services of the tenant's cloud; no tokens are issued for those of another. */
  readonly resources: Resources;
  readonly permissions: Permissions;
  /** The lifetime of tokens; a day when omitted, as for managed identities. */
  readonly tokenSeconds?: number;
};

export function entraIssuer(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`;
}

/** App Service's managed-identity endpoint (api-version 2019-08-01). */
export function identityService(application: Application, key: SigningKey): SimulatedService {
  return {
    service: 'identity',
    operationOf: methodAndPath,
    tokenOk: () => Promise.resolve(undefined),
    unauthorized: () => json(401, {}),
    answer: (call) => tokenAnswer(call, application, key),
  };
}

async function tokenAnswer(call: Call, application: Application, key: SigningKey): Promise<Answer> {
  const resource = (call.query.get('resource') ?? '').replace(/\/$/, '');
  const roles = rolesFor(resource, application);
  if (call.query.get('api-version') !== '2019-08-01') return refused(400, 'The api-version is not supported.');
  if (roles === undefined) {
    return refused(400, `AADSTS500011: The resource principal named ${resource} was not found in the tenant.`);
  }
  const issuedAt = Math.floor(Date.now() / 1000);
  const expiresOn = issuedAt + (application.tokenSeconds ?? LIFETIME_SECONDS);
  const token = await key.sign(tokenClaims(application, resource, roles, issuedAt, expiresOn));
  return json(200, {
    access_token: token,
    client_id: application.clientId,
    expires_on: String(expiresOn),
    not_before: String(issuedAt),
    resource,
    token_type: 'Bearer',
  });
}

function tokenClaims(
  application: Application,
  resource: string,
  roles: readonly string[],
  issuedAt: number,
  expiresOn: number,
) {
  return {
    aud: resource,
    iss: entraIssuer(application.tenantId),
    iat: issuedAt,
    nbf: issuedAt,
    exp: expiresOn,
    appid: application.clientId,
    app_displayname: APPLICATION_NAME,
    idtyp: 'app',
    oid: application.objectId,
    sub: application.objectId,
    tid: application.tenantId,
    // Tells tokens of the same second apart.
    uti: randomUUID(),
    roles,
    ver: '1.0',
  };
}

/** The shape that App Service uses; its message for a wrong header is inferred. */
export function refused(status: number, message: string): Answer {
  return json(status, { statusCode: status, message, correlationId: randomUUID() });
}
