import { z } from 'zod';
import { DAY_MS } from '../../incident/model/duration.ts';
import { POLICY_ID, POLICY_NAME } from '../../microsoft/alert-policy.ts';
import { isPresentCard } from '../../storage/cards.ts';
import { type Probe, type ReportContext, responseLines } from './probe.ts';
import { shapeOf } from './shape-text.ts';

const listSchema = z.looseObject({ value: z.array(z.looseObject({})) });
const messagesSchema = z.object({
  value: z.array(
    z.looseObject({
      id: z.string(),
      from: z.looseObject({ application: z.looseObject({ id: z.string() }).nullish() }).nullish(),
    }),
  ),
});
const skuSchema = z.looseObject({ skuPartNumber: z.string() });

/** Probes of Graph. Only the probe of a subscription writes, and deletes the subscription that it was granted. */
export const GRAPH_PROBES: readonly Probe[] = [
  {
    title: 'An alert of the policy "Suspicious connector activity"',
    settles: ['alert_policy', 'alert_fields'],
    run: async (context) => {
      const since = new Date(context.now - 30 * DAY_MS).toISOString();
      const rows = await list(context, `/v1.0/security/alerts_v2?$filter=lastUpdateDateTime ge ${since}`);
      const isOurs = (row: object) => detectorOf(row) === POLICY_ID || titleOf(row) === POLICY_NAME;
      const ours = rows.filter(isOurs);
      const both = ours.filter((row) => detectorOf(row) === POLICY_ID && titleOf(row) === POLICY_NAME).length;
      const counted = [
        `alerts in 30 days: ${rows.length}; of the policy: ${ours.length}; by id and title both: ${both}`,
      ];
      return ours[0] === undefined ? counted : [...counted, ...shapeOf(ours[0])];
    },
  },
  {
    title: 'A row of advanced hunting (EmailEvents)',
    settles: ['email_events_connectors'],
    run: huntedConnectors,
  },
  {
    title: 'A row of message trace',
    settles: [],
    run: async (context) => get(context, '/v1.0/admin/exchange/tracing/messageTraces?$top=1'),
  },
  {
    title: 'Role schedules, and $select within $expand',
    settles: ['role_schedules', 'role_expand'],
    run: async (context) => {
      const path =
        "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances?$top=1&$filter=directoryScopeId eq '/'";
      const plain = await context.graph({ method: 'GET', path });
      const nested = await context.graph({ method: 'GET', path: `${path}&$expand=principal($select=id)` });
      const { endpoint } = context.config.graph;
      return [
        ...responseLines({ ...plain, text: '' }, endpoint),
        'with $expand=principal($select=id):',
        ...responseLines({ ...nested, text: '' }, endpoint),
      ].filter((line) => line !== 'no body');
    },
  },
  {
    title: 'A subscription to security/alerts_v2',
    settles: ['alert_subscription'],
    run: subscribe,
  },
  {
    title: 'Messages of this bot in its channel',
    settles: ['channel_message_id'],
    run: ownMessages,
  },
  {
    title: 'Licences',
    settles: ['licences'],
    run: async (context) => {
      const skus = (await list(context, '/v1.0/subscribedSkus')).flatMap((row) => skuSchema.safeParse(row).data ?? []);
      const names = skus.map(({ skuPartNumber }) =>
        /^[A-Z0-9_]{2,60}$/.test(skuPartNumber) ? skuPartNumber : 'another',
      );
      return [names.toSorted().join(', ') || 'none'];
    },
  },
];

/** Reports how the column names connectors, without including a name or an id. */
async function huntedConnectors(context: ReportContext): Promise<readonly string[]> {
  const Query = 'EmailEvents | where isnotempty(Connectors) | distinct Connectors | take 50';
  const response = await context.graph({ method: 'POST', path: '/v1.0/security/runHuntingQuery', body: { Query } });
  const rows = z.looseObject({ results: z.array(z.looseObject({ Connectors: z.string() })) }).safeParse(response.body);
  const lines = responseLines(response, context.config.graph.endpoint);
  if (!rows.success) return lines;
  const { items } = await context.connections.connectors.listInbound();
  const holding = (wordOf: (connector: (typeof items)[number]) => string) =>
    rows.data.results.filter(({ Connectors }) =>
      items.some((connector) => Connectors.toLowerCase().includes(wordOf(connector).toLowerCase())),
    ).length;
  const counts = `name: ${holding(({ name }) => name)}, id: ${holding(({ id }) => id)}`;
  return [...lines, `of ${rows.data.results.length} different values, holding an inbound connector's ${counts}`];
}

/** Reports whether the ids of Graph's messages are the activity ids that the Bot Connector returned. */
async function ownMessages(context: ReportContext): Promise<readonly string[]> {
  const { connections, config, graph } = context;
  const place = await connections.place();
  if (place === null || place.teamId === null) return ['not requested: there is no channel, or its team is not known'];
  const [teamId, channelId] = [place.teamId, place.channelId].map(encodeURIComponent);
  const response = await graph({ method: 'GET', path: `/v1.0/teams/${teamId}/channels/${channelId}/messages?$top=50` });
  const read = messagesSchema.safeParse(response.body);
  if (!read.success) return responseLines(response, config.graph.endpoint);
  const own = read.data.value.filter(({ from }) => from?.application?.id.toLowerCase() === config.clientId);
  const database = await connections.openDatabase().catch(() => null);
  if (database === null) return [`of this bot: ${own.length}; the database with their ids cannot be read`];
  const known = await Promise.all(
    own.map(({ id }) => isPresentCard(database.db, { channelId: place.channelId, activityId: id })),
  );
  const present = known.filter((isKnown) => isKnown).length;
  return [
    `messages: ${read.data.value.length}; of this bot: ${own.length}; with the id of a card's activity: ${present}`,
  ];
}

/** The subscription would notify the service's own address; without one, none is requested. */
async function subscribe(context: ReportContext): Promise<readonly string[]> {
  const { push, graph } = context.config;
  if (push === null) return ['not requested: PUBLIC_URL is not set'];
  const body = {
    changeType: 'updated',
    resource: 'security/alerts_v2',
    notificationUrl: `${push.publicUrl}/api/notifications`,
    expirationDateTime: new Date(context.now + 3_600_000).toISOString(),
    clientState: push.notificationSecret,
  };
  const response = await context.graph({ method: 'POST', path: '/v1.0/subscriptions', body });
  const { id } = Object(response.body);
  const path = `/v1.0/subscriptions/${encodeURIComponent(String(id))}`;
  const removed = response.status === 201 ? await context.graph({ method: 'DELETE', path }) : null;
  const lines = responseLines(response, graph.endpoint);
  return removed === null ? lines : [...lines, `deleted again: HTTP ${removed.status}`];
}

async function get(context: ReportContext, path: string): Promise<readonly string[]> {
  return responseLines(await context.graph({ method: 'GET', path }), context.config.graph.endpoint);
}

/** Throws when the response is not a list. */
async function list({ graph }: ReportContext, path: string): Promise<readonly object[]> {
  const { status, body } = await graph({ method: 'GET', path });
  const read = listSchema.safeParse(body);
  if (!read.success) throw new Error(`HTTP ${status}`);
  return read.data.value;
}

function detectorOf(row: object): string {
  return 'detectorId' in row ? String(row.detectorId).toLowerCase() : '';
}

function titleOf(row: object): string {
  return 'title' in row ? String(row.title).trim().toLowerCase() : '';
}
