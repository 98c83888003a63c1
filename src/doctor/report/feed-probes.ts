import { z } from 'zod';
import { DAY_MS } from '../../incident/model/duration.ts';
import { POLICY_ID } from '../../microsoft/alert-policy.ts';
import { embeddedGuidIn, rowOf } from '../../microsoft/exchange/row.ts';
import type { Probe, ReportContext } from './probe.ts';
import { shapeOf } from './shape-text.ts';

const MAX_CONTENTS = 40;

const contentsSchema = z.array(z.looseObject({ contentUri: z.string() }));
const recordSchema = z.looseObject({ Operation: z.string() });
type FeedRecord = z.infer<typeof recordSchema>;

/** Probes of the audit feed. The service starts the feed's subscriptions; the probes do not. */
export const FEED_PROBES: readonly Probe[] = [
  {
    title: 'An audit record of an alert of the policy',
    settles: ['feed_alert_id', 'feed_alert_record'],
    run: async (context) => {
      const records = (await recordsOf(context, 'Audit.General')).filter(({ Operation }) =>
        Operation.startsWith('Alert'),
      );
      const ours = records.filter((it) => JSON.stringify(it).toLowerCase().includes(POLICY_ID));
      const known = new Set((await context.connections.listRecentAlerts()).items.map(({ id }) => id));
      const shared = ours.filter(({ AlertId: id }) => known.has(`fa${String(id).toLowerCase()}`)).length;
      const counted = [
        `alert records in a day: ${records.length}; of the policy: ${ours.length}`,
        `of these, with "fa" before AlertId being the id of a Defender alert: ${shared}`,
      ];
      return ours.length === 0
        ? counted
        : [...counted, ...ours.slice(0, 2).flatMap((it) => ['a record:', ...shapeOf(it)])];
    },
  },
  {
    title: 'Hygiene records, and whether they name connectors',
    settles: ['hygiene_record'],
    run: async (context) => {
      const all = [...(await recordsOf(context, 'Audit.General')), ...(await recordsOf(context, 'Audit.Exchange'))];
      const records = all.filter(({ Operation }) => Operation === 'HygieneTenantEvents');
      const connectors = (await context.connections.exchange.read('Get-InboundConnector')).items.map(rowOf);
      const names = new Set(connectors.flatMap((row) => [row?.get('name'), embeddedGuidIn(row?.get('guid'))]));
      const naming = records.filter(
        (it) => names.has(it.EventValue) || names.has(embeddedGuidIn(it.EventValue)),
      ).length;
      const counted = [`records in a day: ${records.length}; naming an inbound connector: ${naming}`];
      return records[0] === undefined ? counted : [...counted, ...shapeOf(records[0])];
    },
  },
];

/** Returns the records of the last day, from at most 40 content blobs. */
async function recordsOf({ feed, config, now }: ReportContext, contentType: string): Promise<readonly FeedRecord[]> {
  if (feed === null) throw new Error('no feed');
  const root = `/api/v1.0/${config.tenantId}/activity/feed`;
  const time = (ms: number) => new Date(ms).toISOString().slice(0, 19);
  const range = `startTime=${time(now - DAY_MS)}&endTime=${time(now)}&PublisherIdentifier=${config.tenantId}`;
  const { body } = await feed({
    method: 'GET',
    path: `${root}/subscriptions/content?contentType=${contentType}&${range}`,
  });
  const contents = contentsSchema.parse(body).slice(0, MAX_CONTENTS);
  const records: FeedRecord[] = [];
  for (const { contentUri } of contents) {
    const { pathname, search } = new URL(contentUri);
    const read = z.array(z.unknown()).safeParse((await feed({ method: 'GET', path: pathname + search })).body);
    records.push(...(read.data ?? []).flatMap((it) => recordSchema.safeParse(it).data ?? []));
  }
  return records;
}
