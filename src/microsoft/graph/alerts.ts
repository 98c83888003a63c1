import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import type { Alert, Reading } from '../../incident/model/observation.ts';
import { parsedReading } from '../http/parsed-reading.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { alertSchema, isOurs, updatedAtOf } from './alert-row.ts';
import { callGraph, type GraphCall } from './call.ts';
import { readPages } from './pages.ts';

/**
 * `newest` is the time of the latest change among the alerts read, by Graph's clock (ms since the epoch); null when none
 * was read.
 */
type AlertReading = Reading<Alert> & { readonly newest: number | null };

export type Alerts = {
  /**
   * Lists the alerts of our policy created or changed since `sinceMs`. Incomplete when an alert cannot be parsed or the
   * list was not read to its end.
   */
  listChangedSince(sinceMs: number): Promise<AlertReading>;
  get(alertId: string): Promise<Alert>;
  /** Adds a comment unless the alert already has the same one. */
  comment(alertId: string, text: string): Promise<void>;
  /** Sets the status to resolved unless it already is. */
  resolve(alertId: string): Promise<void>;
};

const LIST = '/security/alerts_v2';
const MAX_PAGES = 100;
const HEADERS = { Prefer: 'include-unknown-enum-members' };

const commentsSchema = z.object({ comments: z.array(z.object({ comment: z.string().nullish() })).nullish() });
const statusSchema = z.object({ status: z.string().nullish() });

/**
 * Creates a client of Defender's alerts (Microsoft Graph: List alerts_v2, Update alert, Create comment). Throws an
 * UpstreamError for every failure and never retries a change.
 */
export function createAlerts(client: Client, shapes?: ShapeWatch | undefined): Alerts {
  const read = <T>(alertId: string, schema: z.ZodType<T>) => callGraph(client, reading(alertId), schema);
  return {
    async listChangedSince(sinceMs) {
      // No $top: with it, Graph returns no next link.
      const query = { $filter: `lastUpdateDateTime ge ${new Date(sinceMs).toISOString()}` };
      const { rows, reason } = await readPages(
        client,
        { method: 'GET', path: LIST, query, headers: HEADERS },
        MAX_PAGES,
      );
      return alertsIn(rows, reason, shapes);
    },

    get: (alertId) => read(alertId, alertSchema),

    async comment(alertId, text) {
      const { comments } = await read(alertId, commentsSchema);
      if (comments?.some(({ comment }) => isSameComment(comment ?? '', text))) return;
      const body = { '@odata.type': 'microsoft.graph.security.alertComment', comment: text };
      await callGraph(client, { method: 'POST', path: `${pathOf(alertId)}/comments`, body }, z.unknown());
    },

    async resolve(alertId) {
      const { status } = await read(alertId, statusSchema);
      if (status === 'resolved') return;
      await callGraph(client, { method: 'PATCH', path: pathOf(alertId), body: { status: 'resolved' } }, z.unknown());
    },
  };
}

function alertsIn(rows: readonly unknown[], incomplete: string | null, shapes: ShapeWatch | undefined): AlertReading {
  const parse = (row: unknown) => {
    const { data, error } = alertSchema.safeParse(row);
    if (error !== undefined) shapes?.unexpected('alert_row', error.issues.map(({ path }) => path.join('.')).join(', '));
    return data ?? null;
  };
  const unreadable = (count: number) => `Graph sent ${count} alerts that could not be read`;
  const reading = parsedReading({ rows: rows.filter(isOurs), incomplete }, parse, unreadable);
  const changes = rows.map(updatedAtOf).filter((at) => at !== null);
  const newest = changes.reduce<number | null>((latest, at) => Math.max(latest ?? at, at), null);
  return { ...reading, items: latestOfEach(reading.items), newest };
}

/** Keeps the latest version of each alert: one that changes while the pages are read is listed twice. */
function latestOfEach(alerts: readonly Alert[]): readonly Alert[] {
  const latest = new Map<string, Alert>();
  for (const alert of alerts) {
    if (alert.updatedAt >= (latest.get(alert.id)?.updatedAt ?? 0)) latest.set(alert.id, alert);
  }
  return [...latest.values()];
}

function reading(alertId: string): GraphCall {
  return { method: 'GET', path: pathOf(alertId), headers: HEADERS };
}

function pathOf(alertId: string): string {
  return `${LIST}/${encodeURIComponent(alertId)}`;
}

function isSameComment(a: string, b: string): boolean {
  const message = (text: string) => text.replace(/\s+/g, ' ').trim();
  return message(a) === message(b);
}
