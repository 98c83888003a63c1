import { bearerCheck } from './bearer.ts';
import type { Application } from './identity.ts';
import { type Desk, type SimulatedService, serve } from './service-server.ts';
import type { SigningKey } from './signing-keys.ts';
import type { Call, Endpoint } from './wire.ts';

/** The parts that every service of one tenant shares. */
export type Ground = {
  readonly application: Application;
  readonly desk: Desk;
  now(): number;
  tokenCheck(audience: string): (call: Call) => Promise<boolean>;
  open(service: SimulatedService): Promise<Endpoint>;
  close(): Promise<void>;
};

export function createGround(application: Application, desk: Desk, key: SigningKey, now: () => number): Ground {
  const endpoints: Endpoint[] = [];
  return {
    application,
    desk,
    now,
    tokenCheck: (audience) => bearerCheck(application, key, audience),
    async open(service) {
      const endpoint = await serve(service, desk);
      endpoints.push(endpoint);
      return endpoint;
    },
    async close() {
      await Promise.all(endpoints.map((endpoint) => endpoint.stop()));
    },
  };
}
