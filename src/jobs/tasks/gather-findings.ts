import type { Gather } from '../../evidence/gather.ts';
import { subjectOf } from '../../evidence/subject.ts';
import { drillFindings, isDrill } from '../../incident/model/drill.ts';
import type { Finding, GatherCause } from '../../incident/model/finding.ts';
import type { Db } from '../../storage/database.ts';
import { readIncident } from '../../storage/incidents.ts';
import type { Workflow } from '../../workflow/workflow.ts';

export type FindingsDependencies = {
  readonly db: Db;
  readonly workflow: Pick<Workflow, 'apply'>;
  readonly gather: Gather;
  readonly clock: () => number;
};

/** Runs the checks of an incident's connector and stores their findings as they arrive. */
export async function gatherFindings(
  { db, workflow, gather, clock }: FindingsDependencies,
  incidentId: string,
  cause: GatherCause,
): Promise<undefined> {
  const incident = await readIncident(db, incidentId);
  if (incident !== null && isDrill(incident)) {
    const findings = drillFindings(incident);
    await workflow.apply(incidentId, {
      kind: 'findings_gathered',
      at: clock(),
      beganAt: clock(),
      findings,
      cause,
      part: 1,
    });
    return;
  }
  const subject = incident === null ? null : subjectOf(incident);
  if (subject === null) return;
  const beganAt = clock();
  let part = 0;
  await gather(subject, async (findings: readonly Finding[]) => {
    part += 1;
    await workflow.apply(incidentId, { kind: 'findings_gathered', at: clock(), findings, cause, beganAt, part });
  });
}
