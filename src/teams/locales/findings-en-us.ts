import { connectorHistoryEnUs } from './findings/connector-history-en-us.ts';
import type { FindingTexts } from './findings/finding-texts.ts';
import { generalEnUs } from './findings/general-en-us.ts';
import { inShortEnUs } from './findings/in-short-en-us.ts';
import { senderAuthenticationEnUs } from './findings/sender-authentication-en-us.ts';
import { sendersEnUs } from './findings/senders-en-us.ts';
import { sendingAddressesEnUs } from './findings/sending-addresses-en-us.ts';
import { serverExposureEnUs } from './findings/server-exposure-en-us.ts';
import { trafficEnUs } from './findings/traffic-en-us.ts';
import { whoMaySendEnUs } from './findings/who-may-send-en-us.ts';

export const findingsEnUs: FindingTexts = {
  title: 'What the bot found',
  checks: {
    traffic: 'Traffic',
    senders: 'Senders',
    sending_addresses: 'Sending addresses',
    configuration_change: 'Configuration change',
    who_may_send: 'Who may send',
    sender_authentication: 'SPF, DKIM, DMARC',
    server_exposure: 'Sending server',
    accounts: 'Accounts',
    earlier_restrictions: 'Earlier restrictions',
  },
  verdicts: { good: 'OK', concern: 'Check', bad: 'Danger', unknown: 'Unknown' },
  statements: {
    ...generalEnUs,
    ...trafficEnUs,
    ...sendersEnUs,
    ...sendingAddressesEnUs,
    ...whoMaySendEnUs,
    ...senderAuthenticationEnUs,
    ...connectorHistoryEnUs,
    ...serverExposureEnUs,
  },
  inShort: inShortEnUs,
  acknowledge: (check) => `I know of the danger in “${check}” and approve all the same.`,
  asApproved: 'When approved',
};
