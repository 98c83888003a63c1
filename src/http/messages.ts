import { HttpProblem, json, text } from './answer.ts';
import type { Route } from './route.ts';

/** What became of an activity: an answer for Teams, or why it was not taken. */
type Receipt =
  | { readonly kind: 'taken'; readonly status: number; readonly body: unknown }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly message: string;
      /** For the log alone. */
      readonly cause?: unknown;
    };

/** Authenticates and handles one activity. Throws only when the service itself fails. */
export type ReceiveActivity = (authorization: string | undefined, activity: unknown) => Promise<Receipt>;

/** Where the Bot Framework delivers activities. */
export function messagesRoute(receive: ReceiveActivity): Route {
  return {
    method: 'POST',
    path: '/api/messages',
    async answer({ authorization, json: readJson }) {
      const receipt = await receive(authorization, await readJson());
      if (receipt.kind === 'refused') {
        const { status, code, message, cause } = receipt;
        throw new HttpProblem(status, code, message, { cause });
      }
      return receipt.body === undefined ? text(receipt.status, '') : json(receipt.status, receipt.body);
    },
  };
}
