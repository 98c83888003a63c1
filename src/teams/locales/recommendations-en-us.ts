import type { Recommendation } from '../../incident/model/recommendations.ts';

/** The name of the place in which a recommendation is carried out. */
export const recommendationLinks: { readonly [id in Recommendation]: string } = {
  traffic_reviewed: 'Open message trace',
  changes_reviewed: 'Open connectors',
  admins_secured: 'Open the audit log',
};

/** The same in advanced hunting, already filtered. */
export const openHunting: { readonly [id in Recommendation]: string } = {
  traffic_reviewed: 'Open this connector’s mail in advanced hunting',
  changes_reviewed: 'Open this connector’s changes in advanced hunting',
  admins_secured: 'Open what this account did in advanced hunting',
};

/** How to find a connector's mail in message trace. */
export const traceBy = {
  eachDomain:
    'In message trace, filtering by IP takes hours. Paste one line as the sender, choose the last 2 days and the status “Filtered as spam”:',
  anyDomain:
    'In message trace, filtering by IP takes hours. Leave the senders at “All”, choose the last 2 days and the status “Filtered as spam”.',
};

export const filterBy: { readonly [id in Exclude<Recommendation, 'traffic_reviewed'>]: string } = {
  changes_reviewed: 'To find it there, paste its name',
  admins_secured: 'To filter there, choose the activities with InboundConnector, and paste as the user',
};

export const steps: { readonly [id in Recommendation]: string } = {
  traffic_reviewed: '1. Mail sent',
  changes_reviewed: '2. Changes',
  admins_secured: '3. Account that made them',
};
