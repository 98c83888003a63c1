import type { AccountStatements } from './accounts.ts';
import type { ConfigurationChangeStatements } from './configuration-change.ts';
import type { EarlierRestrictionStatements } from './earlier-restrictions.ts';
import type { GeneralStatements } from './general.ts';
import type { SenderAuthenticationStatements } from './sender-authentication.ts';
import type { SendersStatements } from './senders.ts';
import type { SendingAddressesStatements } from './sending-addresses.ts';
import type { ServerExposureStatements } from './server-exposure.ts';
import type { TrafficStatements } from './traffic.ts';
import type { WhoMaySendStatements } from './who-may-send.ts';

/**
 * The values from which each kind of statement is rendered. Every value is JSON and none is optional; an unknown value is null.
 * A locale has one function for each kind, and the stored document one schema.
 */
export type StatementValues = GeneralStatements &
  TrafficStatements &
  SendersStatements &
  SendingAddressesStatements &
  WhoMaySendStatements &
  SenderAuthenticationStatements &
  ConfigurationChangeStatements &
  AccountStatements &
  EarlierRestrictionStatements &
  ServerExposureStatements;

export type StatementKind = keyof StatementValues;
