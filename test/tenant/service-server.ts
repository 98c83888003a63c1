import { setTimeout as sleep } from 'node:timers/promises';
import { carryOut } from './fault-effects.ts';
import type { FaultQueue, Service } from './faults.ts';
import type { RequestLog } from './record.ts';
import { type Answer, type Call, type Endpoint, listen, readCall, writeAnswer } from './wire.ts';

/** One simulated Microsoft service: the names of its requests, the tokens it accepts, and its responses. */
export type SimulatedService = {
  readonly service: Service;
  operationOf(call: Call): string;
  /** Undefined where the service requires no token. */
  tokenOk(call: Call): Promise<boolean | undefined>;
  unauthorized(call: Call): Answer;
  answer(call: Call): Answer | Promise<Answer>;
};

export type Desk = {
  readonly log: RequestLog;
  readonly faults: FaultQueue;
  /** The tenant's time, which is in its responses; ms. */
  readonly now: () => number;
};

export function methodAndPath(call: Call): string {
  return `${call.method} ${call.path}`;
}

export async function serve(simulated: SimulatedService, desk: Desk): Promise<Endpoint> {
  return listen(async (request, response) => {
    const outcome = await handle(simulated, desk, await readCall(request));
    if (outcome === 'reset') request.socket.destroy();
    else
      writeAnswer(response, { ...outcome, headers: { Date: new Date(desk.now()).toUTCString(), ...outcome.headers } });
  });
}

/** Records the call, applies the faults, and responds. */
export async function handle(simulated: SimulatedService, desk: Desk, call: Call): Promise<Answer | 'reset'> {
  const operation = simulated.operationOf(call);
  const tokenOk = await simulated.tokenOk(call);
  const verdict = desk.faults.take(simulated.service, operation, call.peerPort);
  const fault = verdict.misbehaviour?.kind ?? (verdict.latencyMs > 0 ? 'latency' : undefined);
  const entry = desk.log.open(call, { service: simulated.service, operation, tokenOk, fault });
  if (verdict.latencyMs > 0) await sleep(verdict.latencyMs);
  const act = async () => (tokenOk === false ? simulated.unauthorized(call) : simulated.answer(call));
  const outcome = await carryOut(verdict, act);
  if (outcome !== 'reset') entry.answered(outcome.status, outcome.headers['request-id']);
  return outcome;
}
