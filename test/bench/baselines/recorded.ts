import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Tenant } from '../../tenant/tenant.ts';
import type { Load } from './load.ts';

export type Recorded = Pick<Load, 'path' | 'headers'> & { readonly body: string };

/** Records what the simulated tenant sends to the service while `act` runs, with the token; the service does not receive it. */
export async function recorded(tenant: Tenant, serviceUrl: string, act: () => Promise<unknown>): Promise<Recorded> {
  const requests: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const { authorization, 'content-type': type = 'application/json' } = request.headers;
    const headers = { 'Content-Type': type, ...(authorization === undefined ? {} : { Authorization: authorization }) };
    requests.push({ path: request.url ?? '', headers, body: await text(request) });
    response.setHeader('Content-Type', 'application/json').end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  tenant.connectBot(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  try {
    await act();
  } finally {
    tenant.connectBot(serviceUrl);
    server.close();
  }
  const [request] = requests;
  if (request === undefined) throw new Error('nothing was sent');
  return request;
}

/** Returns requests with one token to one path as a load that sends them in turn. */
export function loadOf(requests: readonly Recorded[]): Pick<Load, 'path' | 'headers' | 'bodies'> {
  const [first] = requests;
  if (first === undefined) throw new Error('nothing was recorded');
  return { path: first.path, headers: first.headers, bodies: requests.map(({ body }) => body) };
}
