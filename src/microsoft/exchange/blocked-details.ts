import type { BlockedConnector } from '../../incident/model/observation.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { ShapeWatch } from '../shapes/watch.ts';

type Details = Omit<BlockedConnector, 'id' | 'raw'>;

const DETAILS = ['name', 'reason', 'since'] as const;
/** Per reading, so that many restrictions at once do not cause as many calls. */
const MAX_CALLS = 5;
/** For the calls of one reading together, because the reading must not wait for details when Exchange responds slowly. */
const DETAILS_WITHIN_MS = 10_000;

/**
 * Creates a function that adds the details missing from the list, which Microsoft calls a summary; `-ConnectorId` returns
 * the details (Exchange PowerShell: Get-BlockedConnector). Each restriction is requested once while it is listed. A row
 * whose details cannot be read stays unchanged.
 */
export function createBlockedDetails(
  readOne: (connectorId: string, signal: AbortSignal) => Promise<BlockedConnector | null>,
  shapes: ShapeWatch | undefined,
  withinMs = DETAILS_WITHIN_MS,
) {
  const known = new Map<string, Details | null>();

  async function readDetails(row: BlockedConnector, signal: AbortSignal): Promise<void> {
    const { id } = row;
    try {
      const details = await readOne(id, signal);
      known.set(id, details);
      const more = DETAILS.filter((name) => row[name] === null && details !== null && details[name] !== null);
      if (more.length > 0)
        shapes?.unexpected('blocked_connector_details', `only -ConnectorId gives ${more.join(', ')}`);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (!error.retryable) known.set(id, null);
    }
  }

  return async (rows: readonly BlockedConnector[]): Promise<readonly BlockedConnector[]> => {
    for (const id of known.keys()) if (!rows.some((row) => row.id === id)) known.delete(id);
    const unread = rows.filter((row) => isShort(row) && !known.has(row.id)).slice(0, MAX_CALLS);
    const signal = AbortSignal.timeout(withinMs);
    for (const row of unread) if (!signal.aborted) await readDetails(row, signal);
    return rows.map((row) => filled(row, known.get(row.id) ?? null));
  };
}

function isShort(row: BlockedConnector): boolean {
  return row.raw === undefined && DETAILS.some((name) => row[name] === null);
}

function filled(row: BlockedConnector, details: Details | null): BlockedConnector {
  if (details === null) return row;
  const { name, reason, since, until } = row;
  return {
    ...row,
    name: name ?? details.name,
    reason: reason ?? details.reason,
    since: since ?? details.since,
    until: until ?? details.until,
  };
}
