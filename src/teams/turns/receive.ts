import { type Activity, ActivityTypes, type InvokeResponse } from 'botbuilder';
import type { Log } from '../../shared/log.ts';
import { within } from '../../shared/timeout.ts';
import { type Locale, localeOf, strings } from '../locales/locale.ts';
import type { BotAdapter, Caller } from '../transport/adapter.ts';
import { type Incoming, isActivity, readIncoming, senderOf } from '../transport/incoming.ts';
import { invokeBody } from './outgoing.ts';

/** What became of an activity: an answer for Teams, or why it was not taken. */
export type Receipt =
  | { readonly kind: 'taken'; readonly status: number; readonly body: unknown }
  | (Problem & { readonly kind: 'refused' });

type Problem = { readonly status: number; readonly code: string; readonly message: string; readonly cause?: unknown };

type Dependencies = {
  readonly adapter: Pick<BotAdapter, 'authenticate'>;
  readonly tenantId: string;
  /** The language of people whose client does not say theirs. */
  readonly locale: Locale;
  readonly log: Log;
  /** Runs the turn of an activity that is genuine and ours. */
  readonly turn: (caller: Caller, activity: Activity) => Promise<InvokeResponse | undefined>;
};

const KEYS_WITHIN_MS = 5_000;

/**
 * Takes one activity, once its token is proven to be the Bot Framework's and it is of Teams and of our tenant. botbuilder's
 * own `process` will not do: it answers 500 to a bad signature and 401 when the keys cannot be had.
 */
export function createReceive(deps: Dependencies) {
  return async (authorization: string | undefined, body: unknown): Promise<Receipt> => {
    if (authorization === undefined) return refused(UNSIGNED);
    const incoming = readIncoming(body);
    if (incoming === null || !isActivity(body)) return refused(NOT_AN_ACTIVITY);
    const caller = await authenticated(deps.adapter, body, authorization);
    if ('code' in caller) return refused(caller);
    // Other channels let their clients say who they are, so Teams alone is believed.
    if (incoming.channelId !== 'msteams') return refused(NOT_TEAMS);
    if (senderOf(incoming).tenantId !== deps.tenantId.toLowerCase()) return fromElsewhere(deps, incoming);
    const response = await deps.turn(caller, body);
    return { kind: 'taken', status: response?.status ?? 200, body: response?.body };
  };
}

const UNSIGNED: Problem = { status: 401, code: 'unsigned', message: 'Send a token of the Bot Framework.' };
const NOT_AN_ACTIVITY: Problem = {
  status: 400,
  code: 'not_an_activity',
  message: 'Send an activity of Microsoft Teams.',
};
const NOT_TEAMS: Problem = {
  status: 403,
  code: 'not_teams',
  message: 'Use Microsoft Teams: no other channel is served.',
};
const WRONG_TENANT: Problem = { status: 403, code: 'wrong_tenant', message: 'Use the bot from the tenant it serves.' };

async function authenticated(
  adapter: Dependencies['adapter'],
  activity: Activity,
  authorization: string,
): Promise<Caller | Problem> {
  try {
    const caller = await within(KEYS_WITHIN_MS, () => adapter.authenticate(activity, authorization));
    return caller ?? cannotVerify(undefined);
  } catch (cause) {
    if (isOutage(cause)) return cannotVerify(cause);
    return { status: 401, code: 'bad_token', message: 'Send a valid token of the Bot Framework.', cause };
  }
}

function cannotVerify(cause: unknown): Problem {
  return { status: 503, code: 'keys_unavailable', message: 'The token cannot be verified now. Try again.', cause };
}

/** botbuilder could not fetch the keys; everything else that it throws is about the token. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  return error.name === 'FetchError' || (typeof status === 'number' && status >= 500);
}

/** A person of another tenant who pressed a button is told so; nothing else from there is answered. */
function fromElsewhere({ locale, log }: Dependencies, incoming: Incoming): Receipt {
  if (incoming.type !== ActivityTypes.Invoke) return refused(WRONG_TENANT);
  log.warn({ invoke: incoming.name }, 'a click from another tenant was refused');
  const { wrong_tenant: text } = strings(localeOf(incoming.locale, locale)).sentences.refusals;
  return { kind: 'taken', status: 200, body: invokeBody({ kind: 'sentence', text }) };
}

function refused(problem: Problem): Receipt {
  return { kind: 'refused', ...problem };
}
