import { ActivityTypes, type InvokeResponse } from 'botbuilder';
import { UpstreamError } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { Receipt, ReceiveActivity, Refused } from '../../shared/receive-activity.ts';
import { within } from '../../shared/timeout.ts';
import { type Locale, localeOf, strings } from '../locales/locale.ts';
import type { BotAdapter } from '../transport/adapter.ts';
import type { ChannelToken } from '../transport/channel-token.ts';
import { type Incoming, type ReadActivity, readActivity, senderOf } from '../transport/incoming.ts';
import { invokeBody } from './outgoing.ts';

type HttpFailure = Omit<Refused, 'kind'>;

type Dependencies = {
  readonly adapter: Pick<BotAdapter, 'authenticate' | 'checkToken'>;
  readonly tenantId: string;
  /** The language of people whose client does not send theirs. */
  readonly locale: Locale;
  readonly log: Log;
  /** Runs the turn of an authenticated activity of this tenant. */
  readonly turn: (read: ReadActivity) => Promise<InvokeResponse | undefined>;
};

const KEYS_WITHIN_MS = 5_000;

/**
 * Admits a caller once its token is proven to be the Bot Framework's, before anything else of the request is read, and then
 * accepts one activity, which must match the token, Teams and the tenant. botbuilder's own `process` is not used, because it
 * responds with 500 to an invalid signature and with 401 when the keys cannot be fetched.
 */
export function createReceive(deps: Dependencies): ReceiveActivity {
  return async (authorization) => {
    if (authorization === undefined) return refused(UNSIGNED);
    const checked = await proven(() => deps.adapter.checkToken(authorization));
    if (checked.kind === 'unproven') return refused(checked.problem);
    const { proof } = checked;
    if (proof.kind === 'refused') return refused(badToken(proof.reason));
    return { kind: 'admitted', take: (body) => takeActivity(deps, proof.token, authorization, body) };
  };
}

async function takeActivity(
  deps: Dependencies,
  token: ChannelToken,
  authorization: string,
  body: unknown,
): Promise<Receipt> {
  const read = readActivity(body);
  if (read === null) return refused(NOT_AN_ACTIVITY);
  const { activity, incoming } = read;
  const checked = await proven(() => deps.adapter.authenticate(token, activity, authorization));
  if (checked.kind === 'unproven') return refused(checked.problem);
  // Other channels let their clients choose who they are, so only Teams is accepted.
  if (incoming.channelId !== 'msteams') return refused(NOT_TEAMS);
  if (senderOf(incoming).tenantId !== deps.tenantId.toLowerCase()) return fromElsewhere(deps, incoming);
  const response = await deps.turn(read);
  return { kind: 'taken', status: response?.status ?? 200, body: response?.body };
}

const UNSIGNED: HttpFailure = { status: 401, code: 'unsigned', message: 'Send a token of the Bot Framework.' };
const NOT_AN_ACTIVITY: HttpFailure = {
  status: 400,
  code: 'not_an_activity',
  message: 'Send an activity of Microsoft Teams.',
};
const NOT_TEAMS: HttpFailure = {
  status: 403,
  code: 'not_teams',
  message: 'Use Microsoft Teams: no other channel is served.',
};
const WRONG_TENANT: HttpFailure = {
  status: 403,
  code: 'wrong_tenant',
  message: 'Use the bot from the tenant it serves.',
};

type Proven<T> =
  | { readonly kind: 'proven'; readonly proof: T }
  | { readonly kind: 'unproven'; readonly problem: HttpFailure };

/** Runs one check of a token. Any error is taken as a fault of the token, except when the keys cannot be fetched. */
async function proven<T extends object | true>(check: () => Promise<T>): Promise<Proven<T>> {
  try {
    const proof = await within(KEYS_WITHIN_MS, check);
    return proof === null ? { kind: 'unproven', problem: cannotVerify(undefined) } : { kind: 'proven', proof };
  } catch (cause) {
    return { kind: 'unproven', problem: isOutage(cause) ? cannotVerify(cause) : badToken(cause) };
  }
}

function badToken(cause: unknown): HttpFailure {
  return { status: 401, code: 'bad_token', message: 'Send a valid token of the Bot Framework.', cause };
}

function cannotVerify(cause: unknown): HttpFailure {
  return { status: 503, code: 'keys_unavailable', message: 'The token cannot be verified now. Try again.', cause };
}

/** Whether the keys could not be fetched, by the service or by botbuilder; every other error concerns the token. */
function isOutage(error: unknown): boolean {
  if (error instanceof UpstreamError) return true;
  if (!(error instanceof Error)) return false;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  return error.name === 'FetchError' || (typeof status === 'number' && status >= 500);
}

/** Answers a click by a person of another tenant with a sentence; nothing else from another tenant is answered. */
function fromElsewhere({ locale, log }: Dependencies, incoming: Incoming): Receipt {
  if (incoming.type !== ActivityTypes.Invoke) return refused(WRONG_TENANT);
  log.warn({ event: 'click_from_other_tenant', invoke: incoming.name }, 'a click from another tenant was refused');
  const { wrong_tenant: text } = strings(localeOf(incoming.locale, locale)).sentences.refusals;
  return { kind: 'taken', status: 200, body: invokeBody({ kind: 'sentence', text }) };
}

function refused(problem: HttpFailure): Refused {
  return { kind: 'refused', ...problem };
}
