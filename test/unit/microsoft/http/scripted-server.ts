import type { IncomingMessage } from 'node:http';
import type { TokenCredential } from '@azure/identity';
import { type Answer, type Call, listen, readCall, writeAnswer } from '../../../tenant/wire.ts';

/** `reset` closes the connection, `hang` never responds. */
export type Script = (call: Call, number: number) => Answer | 'reset' | 'hang';

/** Starts a loopback server with scripted responses, for those that the simulated tenant never sends. */
export async function startScripted(script: Script) {
  const calls: Call[] = [];
  const server = await listen(async (request: IncomingMessage, response) => {
    const call = await readCall(request);
    calls.push(call);
    const answer = script(call, calls.length);
    if (answer === 'reset') request.socket.destroy();
    else if (answer !== 'hang') writeAnswer(response, answer);
  });
  return { origin: server.origin, calls, stop: server.stop };
}

export const TOKEN = 'token-for-tests';

export const credentialForTests: TokenCredential = {
  getToken: async () => ({ token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 }),
};
