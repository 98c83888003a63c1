import { HOUR_MS } from '../../incident/model/duration.ts';
import { readConnectorMail } from '../../microsoft/graph/connector-mail.ts';
import { createHunting } from '../../microsoft/graph/hunting.ts';
import { createMessageTrace } from '../../microsoft/graph/message-trace.ts';
import type { CheckContext, Examine } from '../check.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { type Found, ok, warning } from '../finding.ts';

const TIMEOUT_MS = 15_000;
/** Ids that no connector and no server has: the request only tests whether there is a response. */
const NO_CONNECTOR = { id: '00000000-0000-0000-0000-000000000000', name: null };
const NO_SERVER = '192.0.2.1';

/** Checks the optional permission for advanced hunting. Without it, the findings on mail come from message trace. */
export const examineHunting: Examine = (context) =>
  examineSource(context, 'ThreatHunting.Read.All', 'hunting', async (span) => {
    const hunting = createHunting(context.connections.graph);
    const mail = await readConnectorMail(hunting, { connector: NO_CONNECTOR, ...span }, { timeoutMs: TIMEOUT_MS });
    return mail === null ? ok(context.strings.trafficSources.unlicensed) : null;
  });

/** Checks the optional permission for message trace. Without it and advanced hunting, the findings on mail are unknown. */
export const examineMessageTrace: Examine = (context) =>
  examineSource(context, 'ExchangeMessageTrace.Read.All', 'message_trace', async (span) => {
    await createMessageTrace(context.connections.graph)({ addresses: [NO_SERVER], ...span });
    return null;
  });

type Span = { readonly from: number; readonly until: number; readonly recentFrom: number };

async function examineSource(
  { connections, clock, strings }: CheckContext,
  role: string,
  source: 'hunting' | 'message_trace',
  read: (span: Span) => Promise<Found | null>,
): Promise<Found> {
  const { trafficSources, permission } = strings;
  if ((await connections.rolesFor('graph'))?.has(role) !== true) return ok(trafficSources.notGranted[source](role));
  const until = clock();
  try {
    const found = await read({ from: until - HOUR_MS, until, recentFrom: until - HOUR_MS });
    return found ?? ok(permission.ok(role));
  } catch (error) {
    if (!hasFailed(error, 'forbidden', 'unauthorized')) throw error;
    return warning(trafficSources.refused[source](role, failureMessage(error)));
  }
}
