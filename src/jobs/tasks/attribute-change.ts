import type { ConfigurationEdit, VoidCause } from '../../incident/model/approval.ts';
import { MINUTE_MS } from '../../incident/model/duration.ts';
import type { Incident } from '../../incident/model/incident.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';
import type { Db } from '../../storage/database.ts';
import { readIncident } from '../../storage/incidents.ts';
import { attributionJob } from '../../storage/job.ts';
import { enqueue } from '../../storage/jobs.ts';
import type { Workflow } from '../../workflow/workflow.ts';

/** A connector's names and a time range, ms since the epoch. */
type EditsQuery = { readonly names: readonly string[]; readonly from: number; readonly to: number };

export type AttributionDependencies = Pick<Runtime, 'clock' | 'newId' | 'log'> & {
  readonly db: Db;
  readonly workflow: Pick<Workflow, 'apply'>;
  readonly readConnectorEdits: (query: EditsQuery) => Promise<{ readonly items: readonly ConfigurationEdit[] }>;
};

/** A record usually appears 60 to 90 minutes after the event (Microsoft Purview: Search the audit log). */
const WAITS_MS = [2, 10, 30, 60, 60].map((minutes) => minutes * MINUTE_MS);
/** The configuration shown to the approver may have been read this long before the approval. */
const BEFORE_MS = 60 * MINUTE_MS;
const CLOCKS_DIFFER_MS = 5 * MINUTE_MS;

/**
 * Searches Microsoft's audit log for who changed a connector after its approval, and repeats the search until it finds
 * records or the incident no longer needs them.
 */
export async function attributeChange(
  deps: AttributionDependencies,
  incidentId: string,
  approvalId: string,
  attempt: number,
): Promise<undefined> {
  const { db, workflow, clock, newId } = deps;
  const incident = await readIncident(db, incidentId);
  const query = incident === null ? null : queryOf(incident, approvalId);
  if (query === null) return;
  const edits = await tryRead(deps, incidentId, query);
  if (edits.length > 0) {
    await workflow.apply(incidentId, { kind: 'change_attributed', at: clock(), approvalId, edits });
    return;
  }
  const wait = WAITS_MS[attempt];
  if (wait !== undefined)
    await enqueue(db, newId(), attributionJob(incidentId, approvalId, attempt + 1, clock() + wait));
}

/** Returns the search, or null once there is nothing to attribute: the approval was replaced, or the incident is over. */
function queryOf({ approval, connector, endedAt }: Incident, approvalId: string) {
  const ending = approval?.ending;
  if (approval?.id !== approvalId || ending?.kind !== 'voided' || connector === null || endedAt !== null) return null;
  if (ending.cause.kind !== 'configuration_changed') return null;
  const names = [connector.id, connector.name, ...renamed(ending.cause)].filter((name) => typeof name === 'string');
  // Records have whole seconds, and the change that the approver was shown is not the one to attribute.
  const seen = (Math.floor((approval.attestation?.findings.changedAt ?? 0) / 1000) + 1) * 1000;
  return { names, from: Math.max(seen, approval.approvedAt - BEFORE_MS), to: ending.at + CLOCKS_DIFFER_MS };
}

function renamed({ changes }: Extract<VoidCause, { kind: 'configuration_changed' }>) {
  return changes.filter(({ property }) => property === 'Name').flatMap(({ before, after }) => [before, after]);
}

/** Returns no edits when the log cannot be read. Nobody is waiting for the result, and the search is repeated later. */
async function tryRead(
  { readConnectorEdits, log }: AttributionDependencies,
  incidentId: string,
  query: EditsQuery,
): Promise<readonly ConfigurationEdit[]> {
  try {
    return (await readConnectorEdits(query)).items;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    log.info(
      { event: 'audit_log_unreadable', incidentId, upstream: error.message, requestId: error.details.requestId },
      'the audit log returned no result',
    );
    return [];
  }
}
