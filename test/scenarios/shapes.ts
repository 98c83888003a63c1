import type { SHAPES, ShapeId } from '../../src/microsoft/shapes/shapes.ts';
import { freePort } from '../network/free-port.ts';
import { alertRecord, hygieneRecord } from '../tenant/activity-feed-records.ts';
import { assigned, EXCHANGE_ADMINISTRATOR } from '../tenant/role-assignments.ts';
import type { Tenant } from '../tenant/tenant.ts';

type Settings = Readonly<Record<string, string>>;

/** One possible form of a response from Microsoft whose shape is not documented. */
export type Alternative = {
  readonly way: string;
  readonly settings?: Settings | (() => Promise<Settings>);
  /** Runs before the service starts. */
  readonly prepare?: (tenant: Tenant) => unknown;
  /** Starts the restriction; by default, the connector and its alert. */
  readonly restrict?: (tenant: Tenant, name: string) => unknown;
  /** Runs once the card of the restriction is in the channel. */
  readonly later?: (tenant: Tenant, name: string) => unknown;
  /** Whether Defender raises an alert, which is then commented on. */
  readonly hasAlert?: boolean;
  /** Whether the service must report an unknown shape. */
  readonly isUnexpected?: boolean;
};

/** Shapes that only the doctor requests, and the main task never does. */
type NotInTheJob = 'exported_cmdlets';

/** Shapes that may differ from the expected one. */
type Open = {
  [id in ShapeId]: (typeof SHAPES)[id]['otherwise'] extends null ? never : id;
}[Exclude<ShapeId, NotInTheJob>];

const ROLES = { APPROVER_ROLE_IDS: EXCHANGE_ADMINISTRATOR, APPROVER_GROUP_ID: '' };
const OTHER_ID = '0a7e0c11-22f3-0d44-9b55-66778899aabb';
const CROWDED = 'You have reached the maximum number of concurrent requests per tenant. Please wait and try again';

async function pushSettings(): Promise<Settings> {
  const port = String(await freePort());
  return {
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    NOTIFICATION_SECRET: 'known-to-graph-and-to-nobody-else-here',
  };
}

const holdRoles = ({ directory, people }: Tenant) =>
  directory.roleAssignments.push(assigned(people.erik), assigned(people.aoi));

/** Every form except the expected one, in which all other scenarios run. */
export const ALTERNATIVES: { readonly [id in Open]: readonly Alternative[] } = {
  blocked_connector_row: [
    {
      way: 'the properties have other names',
      isUnexpected: true,
      prepare: ({ exchange }) =>
        Object.assign(exchange.blockedRows, {
          rename: { ConnectorId: 'BlockedConnectorGuid', ConnectorName: 'Name', Reason: 'BlockReason' },
          timeField: 'CreatedDatetime',
        }),
    },
    {
      way: 'there is nothing but the id',
      prepare: ({ exchange }) =>
        Object.assign(exchange.blockedRows, { omit: ['ConnectorName', 'Reason', 'CreatedTime', 'ExpirationTime'] }),
    },
  ],
  blocked_connector_details: [
    {
      way: 'only -ConnectorId gives the rest',
      isUnexpected: true,
      prepare: ({ exchange }) =>
        Object.assign(exchange.blockedRows, { detailsOnly: ['ConnectorName', 'Reason', 'CreatedTime'] }),
    },
  ],
  connector_id: [
    {
      way: "it is not the inbound connector's",
      restrict: ({ exchange }, name) => exchange.restrict(name, { connectorId: OTHER_ID }),
    },
  ],
  remove_answer: [
    { way: 'null', prepare: ({ exchange }) => Object.assign(exchange.options, { removeAnswer: 'null' }) },
    { way: 'no content', prepare: ({ exchange }) => Object.assign(exchange.options, { removeAnswer: 'no-content' }) },
  ],
  cmdlet_warning: [
    {
      way: 'a standing notice',
      isUnexpected: true,
      prepare: ({ exchange }) =>
        Object.assign(exchange.answers, { warnings: ['This cmdlet will be retired on 2027-03-31.'] }),
    },
  ],
  exchange_redirect: [
    {
      way: 'the tenant has a host of its own',
      prepare: ({ exchange }) => Object.assign(exchange.answers, { redirect: true }),
    },
  ],
  anchor: [
    {
      way: 'it is refused',
      isUnexpected: true,
      prepare: ({ exchange }) => Object.assign(exchange.answers, { anchor: 'refused' }),
    },
  ],
  exchange_busy: [
    {
      way: 'now and then, in plain text, with 403',
      prepare: ({ faults }) =>
        faults.add({
          ...{ service: 'exchange', match: 'Get-', kind: 'answer', status: 403, text: CROWDED, times: 3 },
        }),
      isUnexpected: true,
    },
  ],
  role_schedules: [
    {
      way: 'the tenant has no Entra ID P2',
      settings: ROLES,
      prepare(tenant) {
        tenant.graph.rolePaging.premium = false;
        holdRoles(tenant);
      },
    },
  ],
  role_expand: [
    {
      way: 'without $select',
      isUnexpected: true,
      settings: ROLES,
      prepare(tenant) {
        tenant.graph.rolePaging.nestedSelect = false;
        holdRoles(tenant);
      },
    },
  ],
  alert_policy: [
    {
      way: 'by its title alone',
      restrict: ({ exchange }, name) => exchange.restrict(name, { alert: { detectorId: OTHER_ID } }),
    },
    {
      way: "by the policy's id alone",
      restrict: ({ exchange }, name) => exchange.restrict(name, { alert: { title: 'Verdächtige Aktivität' } }),
    },
  ],
  alert_time: [
    {
      way: 'before the restriction',
      restrict({ exchange, defender }, name) {
        defender.raise();
        exchange.restrict(name, { alert: false });
      },
    },
    {
      way: 'after the card is in the channel',
      restrict: ({ exchange }, name) => exchange.restrict(name, { alert: false }),
      later: ({ defender }) => defender.raise(),
    },
    {
      way: 'never',
      hasAlert: false,
      restrict: ({ exchange }, name) => exchange.restrict(name, { alert: false }),
    },
  ],
  alert_subscription: [
    {
      way: 'it is granted',
      settings: pushSettings,
      prepare: ({ defender }) => Object.assign(defender.subscriptions, { granted: true }),
    },
  ],
  feed_alert_id: [
    {
      way: 'the two ids have nothing in common',
      settings: { ACTIVITY_FEED: 'on' },
      later: ({ activityFeed }) =>
        activityFeed.publish('Audit.General', [alertRecord('AlertTriggered', { id: OTHER_ID }, Date.now())]),
    },
  ],
  email_events_connectors: [
    {
      way: 'it names the connector in a way of its own',
      prepare({ permissions, mail }) {
        permissions.grant('ThreatHunting.Read.All');
        mail.hunting.namesConnectors = false;
        mail.deliver('Relay Kobe', { messages: 20 });
      },
    },
  ],
  hygiene_record: [
    {
      way: 'it tells of the connector',
      settings: { ACTIVITY_FEED: 'on' },
      later: ({ activityFeed }, name) =>
        activityFeed.publish('Audit.Exchange', [hygieneRecord('Listed', name, Date.now())]),
    },
  ],
};
