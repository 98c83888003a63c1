import type { Reading } from '../../incident/model/observation.ts';
import type { Examine, Patient } from '../check.ts';
import { hasFailed, wordsOfFailure } from '../failure-words.ts';
import { type Found, failed, ok, warning } from '../finding.ts';

/** The truth about restrictions. */
export const examineBlockedConnectors: Examine = (patient) =>
  reading(patient, 'Get-BlockedConnector', 'Security Reader', patient.connections.listBlocked);

/** Without it no reading is complete, and no approval can be bound to a connector's settings. */
export const examineInboundConnectors: Examine = (patient) =>
  reading(patient, 'Get-InboundConnector', 'Global Reader', () =>
    patient.connections.exchange.read('Get-InboundConnector', { ResultSize: 'Unlimited' }),
  );

async function reading(
  { words }: Patient,
  cmdlet: string,
  role: string,
  read: () => Promise<Reading<unknown>>,
): Promise<Found> {
  try {
    const { items, complete, why } = await read();
    return complete ? ok(words.exchange.readable(cmdlet, items.length)) : warning(words.exchange.incomplete(why ?? ''));
  } catch (error) {
    if (hasFailed(error, 'forbidden')) return failed(words.exchange.forbidden(cmdlet, role));
    return failed(words.unexamined(wordsOfFailure(error)));
  }
}
