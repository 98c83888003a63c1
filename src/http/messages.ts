import type { ReceiveActivity, Refused } from '../shared/receive-activity.ts';
import { HttpError, json, text } from './response.ts';
import type { Route } from './route.ts';

/** Creates the route to which the Bot Framework delivers activities. The body is read only after the caller is authenticated. */
export function messagesRoute(receive: ReceiveActivity): Route {
  return {
    method: 'POST',
    path: '/api/messages',
    async answer({ authorization, json: readJson }) {
      const admission = await receive(authorization);
      if (admission.kind === 'refused') throw problemOf(admission);
      const receipt = await admission.take(await readJson());
      if (receipt.kind === 'refused') throw problemOf(receipt);
      return receipt.body === undefined ? text(receipt.status, '') : json(receipt.status, receipt.body);
    },
  };
}

function problemOf({ status, code, message, cause }: Refused): HttpError {
  return new HttpError(status, code, message, { cause });
}
