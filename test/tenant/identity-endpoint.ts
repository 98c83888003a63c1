import { randomBytes } from 'node:crypto';
import { refused } from './identity.ts';
import { type Desk, handle, type SimulatedService } from './service-server.ts';
import { type Call, type Endpoint, listen, readCall, writeAnswer } from './wire.ts';

type Lodger = { readonly service: SimulatedService; readonly desk: Desk };

export type IdentityEndpoint = {
  readonly url: string;
  readonly header: string;
  lodge(clientId: string, lodger: Lodger): void;
  leave(clientId: string): void;
};

/**
 * One endpoint for the whole process, shared by all its tenants and distinguished by client id. MSAL keeps the first endpoint
 * it sees, and every token, in static fields, so a second tenant of the same process could not have its own.
 */
let endpoint: Promise<IdentityEndpoint> | undefined;

export function identityEndpoint(): Promise<IdentityEndpoint> {
  endpoint ??= openEndpoint();
  return endpoint;
}

async function openEndpoint(): Promise<IdentityEndpoint> {
  const header = randomBytes(16).toString('hex').toUpperCase();
  const lodgers = new Map<string, Lodger>();
  const server: Endpoint & { unref: () => void } = await listen(async (request, response) => {
    request.socket.unref();
    const call = await readCall(request);
    const lodger = lodgers.get(call.query.get('client_id') ?? '');
    const outcome =
      header === call.headers['x-identity-header'] ? await give(lodger, call) : refused(401, 'Unauthorized');
    if (outcome === 'reset') request.socket.destroy();
    else writeAnswer(response, { ...outcome, headers: { ...outcome.headers, Connection: 'close' } });
  });
  server.unref();
  const url = `${server.origin}/msi/token`;
  // Set as App Service sets it: MSAL reads only the environment, also in a service that runs in this process.
  Object.assign(process.env, { IDENTITY_ENDPOINT: url, IDENTITY_HEADER: header });
  return {
    url,
    header,
    lodge: (clientId, lodger) => void lodgers.set(clientId, lodger),
    leave: (clientId) => void lodgers.delete(clientId),
  };
}

async function give(lodger: Lodger | undefined, call: Call) {
  if (lodger !== undefined) return handle(lodger.service, lodger.desk, call);
  return refused(
    400,
    'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
  );
}
