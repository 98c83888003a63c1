import { join } from 'node:path';
import { freePort } from '../../network/free-port.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { type Program, startProgram } from './program.ts';

const MAIN = new URL('../../../src/main.ts', import.meta.url);
const isListening = (line: string) => line.includes('"event":"listening"');

/** Starts the service with Node's options of `npm start`, its settings' defaults, and its database in this folder. */
export async function startService(tenant: Tenant, folder: string): Promise<Program> {
  const address = { HOST: '127.0.0.1', PORT: String(await freePort()) };
  const database = { DATABASE_URL: `file:${join(folder, 'incidents.sqlite')}` };
  return startProgram(MAIN, { env: { ...tenant.env, ...address, ...database }, isReady: isListening });
}
