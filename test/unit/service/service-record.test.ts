import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readConfig } from '../../../src/config/config.ts';
import { createServiceRecord } from '../../../src/service/service-record.ts';
import { createTestWorkflow } from '../../databases/create-test-workflow.ts';
import { openTestDatabase } from '../../databases/open-test-database.ts';
import { captureLog } from '../http/captured-log.ts';

const ID = '3f1e0a52-77aa-0b11-2c3d-9d8e7f6a5b4c';

describe('the record of a service', () => {
  it('logs the head of the audit trail, and lets the service stop without its database', async () => {
    const database = await openTestDatabase();
    const read = readConfig({ CLIENT_ID: ID, TENANT_ID: ID, APPROVER_GROUP_ID: ID });
    assert.ok(read.ok);
    const { log, lines } = captureLog('info');
    const workflow = createTestWorkflow({ db: database.db, clock: () => 1, newId: randomUUID, log });
    const record = createServiceRecord({ config: read.config, db: database.db, workflow, log });
    await record.started();
    await record.stopped();
    await database.close();
    await record.stopped();
    assert.deepEqual(
      lines.map(({ msg }) => msg),
      ['audit trail at start', 'audit trail at stop', 'the head of the audit trail could not be read at stop'],
    );
    assert.match(JSON.stringify(lines[1]), /"audit":"1:[0-9a-f]{16}"/);
  });
});
