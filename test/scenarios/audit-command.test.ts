import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CSV_HEADER } from '../../src/audit/format.ts';
import { appendAudit } from '../../src/storage/audit.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { describeOnBothDatabases } from '../databases/open-test-database.ts';
import { childEnv } from '../run/child-env.ts';
import { AOI, T0 } from '../unit/incident/history.ts';

/** How `execFile` tells of a command that ended with another code than 0. */
const outcomeSchema = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

describeOnBothDatabases('npm run audit', (fresh) => {
  it('verifies and exports the trail while the service has the database open', async () => {
    const url = await fresh();
    const { db, close } = await openDatabase(url);
    for (let entry = 0; entry < 12; entry += 1)
      await db.transaction().execute((trx) =>
        appendAudit(trx, {
          at: T0 + entry * 1000,
          action: 'acknowledge',
          incidentId: `incident-${entry}`,
          connectorId: null,
          actor: AOI,
          details: { reason: '=1+1, "quoted"' },
        }),
      );
    const run = (...words: string[]) =>
      promisify(execFile)(process.execPath, ['src/audit/main.ts', ...words], {
        env: { ...childEnv(), DATABASE_URL: url },
      }).then(
        (it) => ({ ...it, code: 0 }),
        (error: unknown) => outcomeSchema.parse(error),
      );
    const verified = await run('verify');
    assert.equal(verified.code, 0, verified.stderr);
    assert.match(verified.stdout, /Intact: 12 entries\.\n.*12:[0-9a-f]{64}/);
    const csv = (await run('export', '--format', 'csv')).stdout;
    assert.ok(csv.startsWith(`\ufeff${CSV_HEADER}\r\n`), 'Excel reads it as UTF-8');
    assert.equal(csv.trimEnd().split('\r\n').length, 13);
    assert.ok((await run('export', '--format', 'csv', '--no-bom')).stdout.startsWith('seq,at,'));
    assert.equal((await run('export', '--from', '2026-11-25')).stdout, '');
    assert.equal((await run('explode')).code, 2);
    await close();
  });
});
