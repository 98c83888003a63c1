import { refuse } from './bot-connector-answers.ts';
import { memberRoutes } from './bot-connector-members.ts';
import { messageRoutes } from './bot-connector-messages.ts';
import type { ConnectorShelf } from './bot-connector-shelf.ts';
import { methodAndPath, type SimulatedService } from './service-server.ts';
import { type Call, json } from './wire.ts';

/** Creates the Bot Connector's REST API as Teams serves it, under the path of the service URL. */
export function botConnectorService(
  shelf: ConnectorShelf,
  tokenOk: (call: Call) => Promise<boolean>,
): SimulatedService {
  const routes = [...messageRoutes(shelf), ...memberRoutes(shelf)];
  return {
    service: 'teams',
    operationOf: methodAndPath,
    tokenOk,
    unauthorized: () => json(401, { message: 'Authorization has been denied for this request.' }),
    answer(call) {
      const path = call.path.replace(/^\/teams/, '').replace(/^\/+/, '/');
      const chosen = routes.find(({ method, pattern }) => method === call.method && pattern.test(path));
      return chosen?.answer(call, chosen.pattern.exec(path)?.slice(1) ?? []) ?? refuse('ServiceError');
    },
  };
}
