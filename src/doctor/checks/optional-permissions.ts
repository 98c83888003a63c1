import { HOUR_MS } from '../../incident/model/duration.ts';
import { createAccounts } from '../../microsoft/graph/accounts.ts';
import { readConnectorMail } from '../../microsoft/graph/connector-mail.ts';
import { createHunting } from '../../microsoft/graph/hunting.ts';
import { createMessageTrace } from '../../microsoft/graph/message-trace.ts';
import type { CheckContext, Examine } from '../check.ts';
import { ok } from '../finding.ts';
import { examineOptional } from './permission.ts';

const TIMEOUT_MS = 15_000;
/** Ids that no connector and no server has: the request only tests whether there is a response. */
const NO_CONNECTOR = { id: '00000000-0000-0000-0000-000000000000', name: null };
const NO_SERVER = '192.0.2.1';

/** Checks the optional permission for advanced hunting. Without it, the findings on mail come from message trace. */
export const examineHunting: Examine = (context) => {
  const { notGranted, refused, unlicensed } = context.strings.trafficSources;
  const texts = { notGranted: notGranted.hunting, refused: refused.hunting };
  return examineOptional(context, { role: 'ThreatHunting.Read.All', ...texts }, async () => {
    const hunting = createHunting(context.connections.graph);
    const mail = { connector: NO_CONNECTOR, ...lastHour(context) };
    return (await readConnectorMail(hunting, mail, { timeoutMs: TIMEOUT_MS })) === null ? ok(unlicensed) : null;
  });
};

/** Checks the optional permission for message trace. Without it and advanced hunting, the findings on mail are unknown. */
export const examineMessageTrace: Examine = (context) => {
  const { notGranted, refused } = context.strings.trafficSources;
  const texts = { notGranted: notGranted.message_trace, refused: refused.message_trace };
  return examineOptional(context, { role: 'ExchangeMessageTrace.Read.All', ...texts }, async () => {
    await createMessageTrace(context.connections.graph)({ addresses: [NO_SERVER], ...lastHour(context) });
    return null;
  });
};

function lastHour({ clock }: CheckContext) {
  const until = clock();
  return { from: until - HOUR_MS, until, recentFrom: until - HOUR_MS };
}

const RISK_PERMISSION = 'IdentityRiskyUser.Read.All';
/** An id that no account has: the request only tests whether there is a response. */
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';

/** Checks the optional permission for identity risk. Without it, the finding on the account that changed a connector contains no risk. */
export const examineIdentityRisk: Examine = (context) => {
  const { identityRisk } = context.strings;
  return examineOptional(context, { role: RISK_PERMISSION, ...identityRisk }, async () => {
    const { kind } = await createAccounts(context.connections.graph).readRisk(NO_ACCOUNT);
    return kind === 'not_licensed' ? ok(identityRisk.unlicensed) : null;
  });
};
