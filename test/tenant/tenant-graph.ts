import type { Alerts } from './alerts.ts';
import type { Directory } from './directory.ts';
import { graphService } from './graph.ts';
import { type AlertPaging, alertRoutes } from './graph-alerts.ts';
import { graphJson, type Route } from './graph-answers.ts';
import { directoryRoutes } from './graph-directory.ts';
import { mailRoutes } from './graph-mail.ts';
import { messageRoutes } from './graph-messages.ts';
import { permitted } from './graph-permissions.ts';
import { type Risks, riskRoutes } from './graph-risk.ts';
import { type RolePaging, roleRoutes } from './graph-roles.ts';
import { subscriptionRoutes } from './graph-subscriptions.ts';
import { APPLICATION_NAME } from './identity.ts';
import type { MailFlow } from './mail.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { Conversations } from './teams-conversations.ts';
import type { Ground } from './tenant-ground.ts';
import { bodyOf, type Call } from './wire.ts';

export type GraphControl = {
  /** Whether the team lets the app read its channels, and how long (ms) a new message stays invisible. */
  readonly channelReading: { allowed: boolean; lagMs: number };
  /** The paging of the list of role assignments. */
  readonly rolePaging: RolePaging;
  /**
   * Sets the response of another Graph resource, such as `POST /v1.0/security/runHuntingQuery`, as a function of the body and
   * the call.
   */
  answer(operation: string, value: (body: unknown, call: Call) => unknown): void;
};

type Parts = {
  readonly alerts: Alerts;
  readonly paging: AlertPaging;
  readonly subscriptions: Subscriptions;
  readonly directory: Directory;
  readonly conversations: Conversations;
  readonly mail: MailFlow;
  readonly risks: Risks;
  guidOf(connector: string): string;
};

export async function openGraph(ground: Ground, parts: Parts) {
  const { alerts, paging, subscriptions, directory, conversations } = parts;
  const { now, application } = ground;
  const organization = {
    id: application.tenantId,
    displayName: 'Simulated tenant',
    verifiedDomains: [{ name: 'simulated.example', isDefault: true, isInitial: true }],
  };
  const channelReading = { allowed: true, lagMs: 0 };
  const { clientId } = application;
  const rolePaging = { pageSize: 100, premium: true, nestedSelect: true };
  const routes: Route[] = [
    ...directoryRoutes(directory, organization),
    ...roleRoutes(directory, rolePaging),
    ...alertRoutes({ alerts, paging, now }, APPLICATION_NAME),
    ...subscriptionRoutes(subscriptions, now),
    ...mailRoutes({ ...parts, now }),
    ...riskRoutes(parts.risks),
    ...messageRoutes({ conversations, clientId, teamGroupId: directory.teamGroupId, reading: channelReading, now }),
  ];
  const tokenOk = ground.tokenCheck(application.resources.graph);
  const offered = () => routes.map((route) => permitted(route, application.permissions));
  const endpoint = await ground.open(graphService(tokenOk, offered));
  const graph: GraphControl = {
    channelReading,
    rolePaging,
    answer: (operation, value) => void routes.unshift(cannedRoute(operation, value)),
  };
  return { graph, origin: endpoint.origin };
}

function cannedRoute(operation: string, value: (body: unknown, call: Call) => unknown): Route {
  const [method = 'GET', path = ''] = operation.split(' ');
  const pattern = new RegExp(`^${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
  return { method, pattern, answer: (call) => graphJson(call, 200, value(bodyOf(call), call)) };
}
