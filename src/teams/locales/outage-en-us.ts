import type { Source } from '../../incident/model/outage.ts';
import type { MicrosoftService } from '../../shared/errors.ts';

const services: { readonly [service in MicrosoftService]: string } = {
  exchange: 'Exchange',
  graph: 'Microsoft Graph',
  teams: 'Teams',
  entra: 'Entra',
  activity_feed: 'The audit feed',
};

const unseen: { readonly [source in Source]: string } = {
  exchange: 'new restrictions cannot be seen until it does. Open cards may be out of date.',
  graph: "Defender's alerts cannot be seen until it does, and approvals may be refused.",
};

/** Messages about services that do not respond. */
export const outageEnUs = {
  unreachable: (service: MicrosoftService, since: string) => `${services[service]} has not answered since ${since}.`,
  away: (source: Source, since: string) => `${services[source]} has not answered since ${since}: ${unseen[source]}`,
  notWhole: (source: Source, since: string) =>
    `${services[source]} has given no complete answer since ${since}: ${unseen[source]} "status connectors" says why.`,
  back: (source: Source, at: string, duration: string) =>
    `${services[source]} answers again since ${at}, after ${duration}. Everything that happened in the meantime has been processed.`,
};
