import { GraphRefusal, graphError, type Route } from './graph-answers.ts';
import { methodAndPath, type SimulatedService } from './service-server.ts';
import type { Answer, Call } from './wire.ts';

/** Creates Microsoft Graph v1.0 with these routes; every other path gets Graph's response to an unknown segment. */
export function graphService(
  tokenOk: (call: Call) => Promise<boolean>,
  routes: () => readonly Route[],
): SimulatedService {
  return {
    service: 'graph',
    operationOf: methodAndPath,
    tokenOk,
    unauthorized: (call) =>
      graphError(call, 401, 'InvalidAuthenticationToken', 'Access token validation failure. Invalid audience.'),
    answer: (call) => route(call, routes()),
  };
}

async function route(call: Call, routes: readonly Route[]): Promise<Answer> {
  const matching = routes.filter(({ pattern }) => pattern.test(call.path));
  const chosen = matching.find(({ method }) => method === call.method);
  if (chosen === undefined) return unknown(call, matching.length > 0);
  try {
    return await chosen.answer(call, chosen.pattern.exec(call.path)?.slice(1) ?? []);
  } catch (problem) {
    if (problem instanceof GraphRefusal) return graphError(call, problem.status, problem.code, problem.message);
    throw problem;
  }
}

function unknown(call: Call, pathKnown: boolean): Answer {
  if (pathKnown) return graphError(call, 405, 'Request_BadRequest', 'Specified HTTP method is not allowed.');
  const segment = call.path.split('/').at(-1) ?? '';
  return graphError(call, 400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
}
