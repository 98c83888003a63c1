import type { GeneralStatements } from './general.ts';
import type { SendersStatements } from './senders.ts';
import type { SendingAddressesStatements } from './sending-addresses.ts';
import type { TrafficStatements } from './traffic.ts';
import type { WhoMaySendStatements } from './who-may-send.ts';

/**
 * What each kind of statement is written from. Every value is JSON and none is optional: what is not known is null. A
 * locale has one function for each kind, and the stored document one schema.
 */
export type StatementValues = GeneralStatements &
  TrafficStatements &
  SendersStatements &
  SendingAddressesStatements &
  WhoMaySendStatements;

export type StatementKind = keyof StatementValues;
