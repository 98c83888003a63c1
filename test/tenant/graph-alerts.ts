import { z } from 'zod';
import { type Alert, type Alerts, graphTime } from './alerts.ts';
import { badRequest, contextOf, GraphRefusal, graphJson, pageOf, type Route } from './graph-answers.ts';
import { compare, isGraphTime, matches, parseFilter, sortableTime } from './odata-filter.ts';
import { bodyOf, type Call } from './wire.ts';

/** Documented `$filter` properties (Microsoft Graph: List alerts_v2). */
const FILTERABLE: ReadonlySet<string> = new Set([
  'assignedTo',
  'classification',
  'determination',
  'createdDateTime',
  'lastUpdateDateTime',
  'severity',
  'serviceSource',
  'status',
]);

/** The names in Graph's metadata, which differ from the outdated ones on the page of the update. */
const CLASSIFICATIONS = ['unknown', 'falsePositive', 'truePositive', 'informationalExpectedActivity'] as const;
const DETERMINATIONS = [
  'unknown',
  'apt',
  'malware',
  'securityPersonnel',
  'securityTesting',
  'unwantedSoftware',
  'other',
  'multiStagedAttack',
  'compromisedAccount',
  'phishing',
  'maliciousUserActivity',
  'notMalicious',
  'notEnoughDataToValidate',
  'confirmedActivity',
  'lineOfBusinessApplication',
] as const;

const updateSchema = z.strictObject({
  status: z.enum(['new', 'inProgress', 'resolved', 'unknown']).optional(),
  classification: z.enum(CLASSIFICATIONS).nullable().optional(),
  determination: z.enum(DETERMINATIONS).nullable().optional(),
  assignedTo: z.string().nullable().optional(),
});

const commentSchema = z.object({
  '@odata.type': z.string().regex(/^#?microsoft\.graph\.security\.alertComment$/),
  comment: z.string().min(1),
});

/** The maximum page size of the list of alerts. */
export type AlertPaging = { pageSize: number };

type Shelf = { readonly alerts: Alerts; readonly paging: AlertPaging; now(): number };

export function alertRoutes({ alerts, paging, now }: Shelf, applicationName: string): Route[] {
  return [
    {
      method: 'GET',
      pattern: /^\/v1\.0\/security\/alerts_v2$/,
      answer: (call) => list(call, alerts.all(), paging.pageSize),
    },
    {
      method: 'GET',
      pattern: /^\/v1\.0\/security\/alerts_v2\/([^/]+)$/,
      answer: (call, [id = '']) => one(call, found(alerts, id)),
    },
    {
      method: 'PATCH',
      pattern: /^\/v1\.0\/security\/alerts_v2\/([^/]+)$/,
      answer: (call, [id = '']) => one(call, alerts.touch(found(alerts, id).id, changesIn(call, now))),
    },
    {
      method: 'POST',
      pattern: /^\/v1\.0\/security\/alerts_v2\/([^/]+)\/comments$/,
      answer: (call, [id = '']) => {
        const body = commentSchema.safeParse(bodyOf(call));
        if (!body.success) throw badRequest('Invalid request body: an alertComment with its @odata.type is expected.');
        const { comments } = alerts.comment(found(alerts, id).id, body.data.comment, applicationName);
        const context = contextOf(call, `security/alerts_v2('${id}')/comments`);
        return graphJson(call, 200, { '@odata.context': context, value: comments });
      },
    },
  ];
}

/** Lists alerts, without a next link for `$top`, as seen live (Microsoft Q&A 1611210); the page size without it is not published. */
function list(call: Call, all: readonly Alert[], pageSize: number) {
  const clauses = clausesOf(call.query.get('$filter'));
  const rows = sorted(
    all.filter((alert) => matches(alert, clauses)),
    call.query.get('$orderby'),
  );
  const { value, ...more } = pageOf(call, rows, pageSize, 1000);
  const links = call.query.has('$top') ? {} : more;
  return graphJson(call, 200, { '@odata.context': contextOf(call, 'security/alerts_v2'), ...links, value });
}

function one(call: Call, alert: Alert) {
  return graphJson(call, 200, { '@odata.context': contextOf(call, 'security/alerts_v2/$entity'), ...alert });
}

function found(alerts: Alerts, id: string): Alert {
  const alert = alerts.find(id);
  if (alert === undefined) throw new GraphRefusal(404, 'NotFound', 'Alert was not found.');
  return alert;
}

function clausesOf(filter: string | null) {
  if (filter === null) return [];
  const clauses = parseFilter(filter);
  if (clauses === undefined) throw badRequest(`Invalid filter clause: ${filter}`);
  for (const { property, value } of clauses) {
    if (!FILTERABLE.has(property))
      throw badRequest(`Invalid filter clause: filtering on '${property}' is not supported.`);
    if (property.endsWith('DateTime') && !isGraphTime(value)) {
      throw badRequest(`Invalid filter clause: '${value}' is not an Edm.DateTimeOffset.`);
    }
  }
  return clauses;
}

/** Sorts alerts, newest first by default, which is inferred; `$orderby=createdDateTime` works live (rknightion/graph2otel). */
function sorted(rows: readonly Alert[], orderBy: string | null): readonly Alert[] {
  const [property = '', direction = 'asc'] = (orderBy ?? 'createdDateTime desc').trim().split(/\s+/);
  if (property !== 'createdDateTime' && property !== 'lastUpdateDateTime') {
    throw badRequest(`Ordering by '${property}' is not supported.`);
  }
  const sign = direction === 'desc' ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(sortableTime(a[property]), sortableTime(b[property])));
}

function changesIn(call: Call, now: () => number): Partial<Alert> {
  const body = updateSchema.safeParse(bodyOf(call));
  if (!body.success) throw badRequest(`Invalid request body: ${body.error.issues[0]?.message ?? ''}`);
  const { status, ...rest } = body.data;
  if (status === undefined) return rest;
  return { ...rest, status, resolvedDateTime: status === 'resolved' ? graphTime(now()) : null };
}
