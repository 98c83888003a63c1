import { addressesSeen, domainsOf } from '../../incident/model/traffic.ts';
import { within } from '../../shared/timeout.ts';
import type { CheckRun } from '../check.ts';
import type { Subject } from '../subject.ts';
import type { ReadTraffic } from './read-traffic.ts';

/** The sender domains and server addresses of the mail that was seen, most mail first; both are empty when unknown. */
export type MailSeen = {
  /** Domains of envelopes and From headers, lower case. */
  readonly domains: readonly string[];
  readonly addresses: readonly string[];
};

export type ReadMailSeen = (subject: Subject, run: CheckRun) => Promise<MailSeen>;

/** Advanced hunting may take a minute. After this time the checks use the connector's own settings instead. */
const TIMEOUT_MS = 8_000;
const NOTHING: MailSeen = { domains: [], addresses: [] };

/** Returns the senders in the recent mail of a connector, or none when the mail is not read in time. */
export function createReadMailSeen(readTraffic: ReadTraffic): ReadMailSeen {
  return async (subject, run) => {
    const traffic = await within(TIMEOUT_MS, () => readTraffic(subject, run));
    if (traffic?.kind !== 'read') return NOTHING;
    const domains = traffic.reading.senders.filter(({ messages }) => messages > 0).flatMap(domainsOf);
    return { domains: [...new Set(domains)], addresses: addressesSeen(traffic.reading).map(({ address }) => address) };
  };
}
