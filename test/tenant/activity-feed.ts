import { randomUUID } from 'node:crypto';
import type { AuditRecord } from './activity-feed-records.ts';
import { methodAndPath } from './service-server.ts';
import type { Ground } from './tenant-ground.ts';
import { type Answer, type Call, json } from './wire.ts';

type Content = {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly body: unknown;
};

/** The Office 365 Management Activity API of a tenant (Microsoft's reference; error codes of its table). */
export type ActivityFeed = {
  /** Publishes records in a content blob of their own, available from now or from `created`; returns its id. */
  publish(type: string, records: readonly AuditRecord[], created?: number): string;
  /** Publishes a content blob that is not a list of records. */
  publishNonsense(type: string): string;
  /** Stops the subscription, as an administrator can. */
  stop(type: string): void;
  started(type: string): boolean;
  readonly paging: { pageSize: number };
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export async function openActivityFeed(ground: Ground) {
  const { application, now } = ground;
  const contents: Content[] = [];
  const started = new Set<string>();
  const paging = { pageSize: 100 };
  const root = `/api/v1.0/${application.tenantId}/activity/feed`;
  const keep = (type: string, body: unknown, created: number) => {
    const id = `${contents.length}$${randomUUID()}$${type.replace('.', '').toLowerCase()}$04`;
    contents.push({ id, type, created, body });
    return id;
  };

  function answer(call: Call): Answer {
    const type = call.query.get('contentType') ?? '';
    switch (`${call.method} ${call.path.replace(root, '')}`) {
      case `POST /subscriptions/start`:
        if (started.has(type)) return refused(400, 'AF20024', 'The subscription is already enabled.');
        started.add(type);
        return json(200, { contentType: type, status: 'enabled', webhook: null });
      case `GET /subscriptions/content`:
        return list(call, type);
      default:
        return content(call);
    }
  }

  function list(call: Call, type: string): Answer {
    if (!started.has(type)) return refused(400, 'AF20022', 'No subscription found for the specified content type.');
    const [from, to] = ['startTime', 'endTime'].map((name) => Date.parse(`${call.query.get(name)}Z`));
    if (from === undefined || to === undefined || !(to >= from) || to - from > DAY_MS || now() - from > 7 * DAY_MS)
      return refused(400, 'AF20030', 'Start time and end time must both be specified, at most 24 hours apart.');
    const skip = Number(call.query.get('nextPage') ?? 0);
    const all = contents.filter((it) => it.type === type && from <= it.created && it.created < to);
    const page = all.slice(skip, skip + paging.pageSize).map((it) => shown(call, root, it));
    if (skip + paging.pageSize >= all.length) return json(200, page);
    const next = new URL(`${call.origin}${call.path}?${call.query}`);
    next.searchParams.set('nextPage', String(skip + paging.pageSize));
    return json(200, page, { NextPageUri: next.href });
  }

  function content(call: Call): Answer {
    const id = call.path.split('/audit/')[1];
    const found = contents.find((it) => it.id === id);
    if (found === undefined) return refused(404, 'AF20050', 'The specified content does not exist.');
    if (now() - found.created > 7 * DAY_MS) return refused(400, 'AF20051', 'The content has already expired.');
    return json(200, found.body);
  }

  const { origin } = await ground.open({
    service: 'activity-feed',
    operationOf: methodAndPath,
    tokenOk: ground.tokenCheck(ground.application.resources.feed),
    unauthorized: () =>
      refused(401, 'AF10001', 'The permission set () sent in the request does not include ActivityFeed.Read.'),
    answer,
  });
  const activityFeed: ActivityFeed = {
    publish: (type, records, created = now()) => keep(type, records, created),
    publishNonsense: (type) => keep(type, { Message: 'An error has occurred.' }, now()),
    stop: (type) => void started.delete(type),
    started: (type) => started.has(type),
    paging,
  };
  return { activityFeed, origin };
}

function shown({ origin }: Call, root: string, { id, type, created }: Content) {
  return {
    contentType: type,
    contentId: id,
    contentUri: `${origin}${root}/audit/${id}`,
    contentCreated: new Date(created).toISOString(),
    contentExpiration: new Date(created + 7 * DAY_MS).toISOString(),
  };
}

function refused(status: number, code: string, message: string): Answer {
  return json(status, { error: { code, message } });
}
