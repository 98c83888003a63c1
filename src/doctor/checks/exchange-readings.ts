import type { Reading } from '../../incident/model/observation.ts';
import type { CheckContext, Examine } from '../check.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { type Found, failed, ok, warning } from '../finding.ts';

/** Checks whether the list of restricted connectors can be read. */
export const examineBlockedConnectors: Examine = (context) =>
  reading(context, 'Get-BlockedConnector', 'Security Reader', context.connections.listBlocked);

/**
 * Checks whether the inbound connectors can be read. Without them no reading is complete, and no approval can be bound to a
 * connector's settings.
 */
export const examineInboundConnectors: Examine = (context) =>
  reading(context, 'Get-InboundConnector', 'Global Reader', () =>
    context.connections.exchange.read('Get-InboundConnector', { ResultSize: 'Unlimited' }),
  );

async function reading(
  { strings }: CheckContext,
  cmdlet: string,
  role: string,
  read: () => Promise<Reading<unknown>>,
): Promise<Found> {
  try {
    const { items, complete, reason } = await read();
    return complete
      ? ok(strings.exchange.readable(cmdlet, items.length))
      : warning(strings.exchange.incomplete(reason ?? ''));
  } catch (error) {
    if (hasFailed(error, 'forbidden')) return failed(strings.exchange.forbidden(cmdlet, role));
    return failed(strings.unexamined(failureMessage(error)));
  }
}
