import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { LONGEST_DRILL_MS } from '../../../src/incident/model/drill.ts';
import { createLog } from '../../../src/shared/log.ts';
import { readAuditHead } from '../../../src/storage/audit.ts';
import { openDatabase } from '../../../src/storage/database.ts';
import { listOpen } from '../../../src/storage/incidents.ts';
import { reconcileDrills, startDrill } from '../../../src/workflow/drills.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { describeOnBothDatabases } from '../../databases/open-test-database.ts';
import { AOI, T0 } from '../incident/history.ts';

describeOnBothDatabases('a drill', (fresh) => {
  it('ends, and another can start, after the service was stopped for a week', async () => {
    const { db, close } = await openDatabase(await fresh());
    let now = T0;
    const outside = { db, clock: () => now, newId: randomUUID };
    const deps = { ...outside, workflow: createTestWorkflow({ ...outside, log: createLog('silent') }) };
    const reconcile = async () => {
      now += 1_000;
      await reconcileDrills(deps, (await readAuditHead(db)).seq);
    };
    await startDrill(deps, AOI);
    await reconcile();
    assert.equal((await listOpen(db)).length, 1);
    now += 7 * LONGEST_DRILL_MS;
    for (let readings = 0; readings < 3; readings += 1) await reconcile();
    assert.deepEqual(await listOpen(db), []);
    assert.equal((await startDrill(deps, AOI)).started, true);
    await close();
  });
});
