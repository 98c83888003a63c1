import { randomUUID } from 'node:crypto';
import type { Alerts } from './alerts.ts';
import type { BotLine } from './bot-line.ts';
import type { AlertPaging } from './graph-alerts.ts';
import { type Delivery, envelope, handshake, postJson } from './notifications.ts';
import type { Subscriptions } from './subscriptions.ts';

type Notice = {
  /** Omitted from the notification when undefined; that of the newest subscription when the key is missing. */
  readonly clientState?: string | undefined;
  readonly tenantId?: string;
  readonly alertIds?: readonly string[];
  readonly subscriptionId?: string;
  readonly changeType?: string;
  readonly path?: string;
};

type LifecycleNotice = Pick<Notice, 'clientState' | 'tenantId' | 'subscriptionId'> & {
  readonly event: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';
};

export type DefenderControl = Pick<Alerts, 'raise' | 'touch' | 'remove' | 'find' | 'all'> & {
  readonly subscriptions: Subscriptions;
  readonly paging: AlertPaging;
  /** Sends a change notification to the service, with one element for each alert. */
  notify(notice?: Notice): Promise<Delivery>;
  lifecycle(notice: LifecycleNotice): Promise<Delivery>;
  /** Sends any body. */
  notifyRaw(body: unknown, path?: string): Promise<Delivery>;
  handshake(path?: string, token?: string): ReturnType<typeof handshake>;
};

type Parts = {
  readonly alerts: Alerts;
  readonly paging: AlertPaging;
  readonly subscriptions: Subscriptions;
  readonly line: BotLine;
  readonly tenantId: string;
};

const NOTIFICATIONS = '/api/notifications';
const EXPIRATION = '2099-01-01T00:00:00Z';

export function createDefenderControl({ alerts, paging, subscriptions, line, tenantId }: Parts): DefenderControl {
  const notifyRaw = (body: unknown, path = NOTIFICATIONS) => postJson(line.urlOf(path), body);
  const newest = () => subscriptions.active().at(-1);
  const stateOf = (notice: Pick<Notice, 'clientState'>) =>
    'clientState' in notice ? notice.clientState : (newest()?.clientState ?? undefined);
  const { raise, touch, remove, find, all } = alerts;
  return {
    raise,
    touch,
    remove,
    find,
    all,
    subscriptions,
    paging,
    notifyRaw,
    notify(notice = {}) {
      const ids = notice.alertIds ?? [all().at(-1)?.id ?? randomUUID()];
      const elements = ids.map((id) => ({
        subscriptionId: notice.subscriptionId ?? newest()?.id ?? randomUUID(),
        clientState: stateOf(notice),
        tenantId: notice.tenantId ?? tenantId,
        resource: `security/alerts_v2/${id}`,
        resourceId: id,
        changeType: notice.changeType ?? 'updated',
        expiration: newest()?.expirationDateTime ?? EXPIRATION,
      }));
      return notifyRaw(envelope(elements), notice.path);
    },
    lifecycle(notice) {
      const clientState = stateOf(notice);
      const element = {
        lifecycleEvent: notice.event,
        subscriptionId: notice.subscriptionId ?? newest()?.id ?? randomUUID(),
        subscriptionExpirationDateTime: newest()?.expirationDateTime ?? EXPIRATION,
        ...(clientState === undefined ? {} : { clientState }),
        tenantId: notice.tenantId ?? tenantId,
        resource: 'security/alerts_v2',
      };
      return notifyRaw({ value: [element] }, '/api/lifecycle');
    },
    handshake: (path = NOTIFICATIONS, token) => handshake(line.urlOf(path), token),
  };
}
