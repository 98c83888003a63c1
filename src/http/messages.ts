import { HttpError, json, text } from './response.ts';
import type { Route } from './route.ts';

type Refused = {
  readonly kind: 'refused';
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** For the log only. */
  readonly cause?: unknown;
};

/** The outcome of an activity: a response for Teams, or the reason why it was refused. */
type Receipt = { readonly kind: 'taken'; readonly status: number; readonly body: unknown } | Refused;

/**
 * Authenticates a caller by the `Authorization` header alone, then handles one activity. Throws only when the service
 * itself fails.
 */
export type ReceiveActivity = (
  authorization: string | undefined,
) => Promise<{ readonly kind: 'admitted'; take(activity: unknown): Promise<Receipt> } | Refused>;

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
