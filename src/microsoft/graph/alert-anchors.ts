import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { anchorIn } from '../../incident/model/comment-signature.ts';
import { foldName } from '../../incident/model/connector-change.ts';
import type { Reading } from '../../incident/model/observation.ts';
import type { NotedAnchor } from '../../incident/model/trail.ts';
import { instantOf } from '../http/instant.ts';
import { isOurs } from './alert-row.ts';
import { callGraph, knownOrNull } from './call.ts';
import { readPages } from './pages.ts';

/**
 * The audit trail's anchors found in alert comments, newest first. `foreign` counts anchors in comments that another author
 * than this application wrote.
 */
type AnchorReading = Reading<NotedAnchor> & { readonly foreign: number };

/**
 * Reads the anchors from the alerts of our policy that changed since `sinceMs` (ms since the epoch) and from the alerts in
 * `alertIds`. Throws an UpstreamError when the alerts cannot be listed or one cannot be read.
 */
export type ListAnchors = (sinceMs: number, alertIds: readonly string[]) => Promise<AnchorReading>;

const LIST = '/security/alerts_v2';
const MAX_PAGES = 40;
/** Our alerts have few comments; an author who writes thousands must not delay the check. */
const MAX_ANCHORS = 500;
const TIMEOUT_MS = 120_000;

const text = z.string().nullish().catch(null);
const commentSchema = z.object({ comment: text, createdByDisplayName: text, createdDateTime: z.unknown().optional() });
const alertSchema = z.looseObject({ id: z.string().min(1), comments: z.array(commentSchema).nullish().catch(null) });

type AlertWithComments = z.infer<typeof alertSchema>;

/**
 * Creates a reader of the anchors that `alertComment` wrote (Microsoft Graph: List alerts_v2, alertComment). `ownName`
 * returns this application's name in Graph, or null when it is not known.
 */
export function createListAnchors(client: Client, ownName: () => Promise<string | null>): ListAnchors {
  return async (sinceMs, alertIds) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const name = await ownName();
    const query = { $filter: `lastUpdateDateTime ge ${new Date(sinceMs).toISOString()}` };
    const { rows, reason } = await readPages(client, { method: 'GET', path: LIST, query, signal }, MAX_PAGES);
    const alerts = rows.filter(isOurs).flatMap((row) => alertSchema.safeParse(row).data ?? []);
    for (const id of alertIds.filter((it) => !alerts.some((alert) => alert.id === it))) {
      const path = `${LIST}/${encodeURIComponent(id)}`;
      const alert = await knownOrNull(callGraph(client, { method: 'GET', path, signal }, alertSchema));
      if (alert !== null) alerts.push(alert);
    }
    return { ...anchorsOf(alerts, name), complete: reason === null, reason };
  };
}

function anchorsOf(
  alerts: readonly AlertWithComments[],
  name: string | null,
): Omit<AnchorReading, 'complete' | 'reason'> {
  const all = alerts.flatMap(anchorsIn).toSorted((a, b) => b.notedAt - a.notedAt);
  const own = all.filter(({ author }) => isBy(author, name));
  return { items: own.slice(0, MAX_ANCHORS), foreign: all.length - own.length };
}

function anchorsIn({ id, comments }: AlertWithComments): readonly NotedAnchor[] {
  return (comments ?? []).flatMap(({ comment, createdByDisplayName, createdDateTime }) => {
    const anchor = anchorIn(comment ?? '');
    if (anchor === null) return [];
    const notedAt = instantOf(createdDateTime) ?? 0;
    return [{ ...anchor, alertId: id, author: createdByDisplayName ?? '', notedAt }];
  });
}

/**
 * Returns whether the author is this application. Graph returns "the person or app name" (alertComment), which may be part
 * of a longer text. While our own name is not known, every author matches.
 */
function isBy(author: string, name: string | null): boolean {
  return name === null || foldName(author).includes(foldName(name));
}
