import type { ConnectorChange } from '../../incident/model/connector-change.ts';
import { DAY_MS, HOUR_MS } from '../../incident/model/duration.ts';
import { UpstreamError, type UpstreamFailure } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';
import { forgetFeed, saveFeedContents, unreadContents } from '../../storage/activity-feed.ts';
import { moveCursor, readCursor } from '../../storage/alerts.ts';
import type { Db } from '../../storage/database.ts';
import { noteSignal } from '../../storage/signals.ts';
import type { Workflow } from '../../workflow/workflow.ts';
import type { Reschedule } from '../run-job.ts';

type Content = { readonly id: string; readonly path: string };

type FeedRecord =
  | { readonly kind: 'alert'; readonly alertId: string; readonly text: string }
  | { readonly kind: 'connector_change'; readonly change: ConnectorChange }
  | { readonly kind: 'hygiene' };

export type FeedDependencies = Pick<Runtime, 'clock' | 'log'> & {
  readonly db: Db;
  /** Null when the feed is off. */
  readonly feed: {
    start(contentType: string): Promise<void>;
    list(contentType: string, from: number, to: number): Promise<readonly Content[]>;
    read(content: Content): Promise<readonly FeedRecord[]>;
  } | null;
  readonly workflow: Pick<Workflow, 'requestReconcile'>;
  readonly pollMs: number;
};

type Feed = NonNullable<FeedDependencies['feed']>;

/** The first contains alerts, the second changes of connectors. */
const CONTENT_TYPES = ['Audit.General', 'Audit.Exchange'];
/** Content may be listed late; content that was already read is recognized by its id. */
const OVERLAP_MS = HOUR_MS;
/** The feed keeps content for 7 days; one hour allows for differing clocks. */
const OLDEST_MS = 7 * DAY_MS - HOUR_MS;
const MAX_CONTENTS = 64;
const AT_ONCE = 8;
/** The delay after a failure that only a person can fix, such as a missing permission. */
const RETRY_MS = HOUR_MS;
const FORGET_AFTER_MS = 30 * DAY_MS;

/** Failures that affect one content only: it can never be read, others can. */
const UNREADABLE: ReadonlySet<UpstreamFailure> = new Set(['not_found', 'rejected', 'malformed']);

/**
 * Reads new content of the tenant's audit feed, each once, and requests a reconcile when it concerns our alert policy or a
 * connector. A failure is stored as the state of this signal and affects nothing else.
 */
export async function readActivityFeed(deps: FeedDependencies): Promise<Reschedule> {
  const { db, feed, clock, log, pollMs } = deps;
  if (feed === null) return undefined;
  try {
    let more = false;
    for (const contentType of CONTENT_TYPES) more = (await readWindow(deps, feed, contentType)) || more;
    await noteSignal(db, 'activity_feed', clock(), null);
    await forgetFeed(db, clock() - FORGET_AFTER_MS);
    return { runAt: more ? clock() : clock() + pollMs };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await noteSignal(db, 'activity_feed', clock(), error.message);
    if (error.retryable) throw error;
    log.warn({ event: 'activity_feed_unreadable', upstream: error.message }, 'the activity feed could not be read');
    return { runAt: clock() + RETRY_MS };
  }
}

/** Reads one time window of a content type, as much as one run of the job covers. Returns whether more can be read now. */
async function readWindow(deps: FeedDependencies, feed: Feed, contentType: string): Promise<boolean> {
  const { db, clock } = deps;
  const now = clock();
  const name = `feed:${contentType}`;
  const cursor = await readCursor(db, name);
  if (cursor === null) await feed.start(contentType);
  const from = Math.max(Math.min(cursor ?? 0, now) - OVERLAP_MS, now - OLDEST_MS);
  const to = Math.min(from + DAY_MS, now);
  const contents = await feed.list(contentType, from, to);
  const ids = contents.map(({ id }) => id);
  const unreadIds = await unreadContents(db, ids);
  const unread = contents.filter(({ id }) => unreadIds.has(id));
  await readContents(deps, feed, unread.slice(0, MAX_CONTENTS));
  if (unread.length > MAX_CONTENTS) return true;
  await moveCursor(db, name, to);
  return to < now;
}

async function readContents(deps: FeedDependencies, feed: Feed, contents: readonly Content[]): Promise<void> {
  for (let first = 0; first < contents.length; first += AT_ONCE) {
    const some = contents.slice(first, first + AT_ONCE);
    const results = await Promise.allSettled(some.map((content) => recordsOf(deps, feed, content)));
    const read = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    await saveRecords(deps, read);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

type ReadContent = { readonly id: string; readonly records: readonly FeedRecord[] };

async function recordsOf({ log }: FeedDependencies, feed: Feed, content: Content): Promise<ReadContent> {
  const { id } = content;
  try {
    return { id, records: await feed.read(content) };
  } catch (error) {
    if (!(error instanceof UpstreamError) || !UNREADABLE.has(error.details.failure)) throw error;
    log.warn(
      { event: 'activity_feed_blob_skipped', upstream: error.message, content: id },
      'skipped one activity-feed blob',
    );
    return { id, records: [] };
  }
}

async function saveRecords(
  { db, workflow, clock, log }: FeedDependencies,
  read: readonly ReadContent[],
): Promise<void> {
  const records = read.flatMap((it) => it.records);
  const alerts = records.flatMap((it) => (it.kind === 'alert' ? [it] : []));
  const changes = records.flatMap((it) => (it.kind === 'connector_change' ? [it.change] : []));
  const alertTexts = alerts.filter(({ text }) => text !== '');
  const ids = read.map(({ id }) => id);
  await saveFeedContents(db, ids, { alertTexts, changes }, clock());
  if (records.length === 0) return;
  log.info(
    { event: 'activity_feed_signal', alerts: alerts.length, changes: changes.length },
    'the activity feed requested a reconcile',
  );
  await workflow.requestReconcile(clock());
}
