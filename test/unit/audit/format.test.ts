import assert from 'node:assert/strict';
import { CSV_HEADER, csvLine, jsonLine } from '../../../src/audit/format.ts';
import { recordCall, recordingCalls } from '../../../src/shared/call-trace.ts';
import { type AuditEntry, chained } from '../../../src/storage/audit.ts';
import { appliedEntry, refusedEntry } from '../../../src/workflow/audit-entry.ts';
import { AOI, approve, awaiting, BEN, confirm, restricted, T0, unblocking } from '../incident/history.ts';

const BEGINNING = { seq: 0, hash: '0'.repeat(64) };

/** Returns the CSV cells of an entry by column. No cell before its details may contain a comma. */
function cells(entry: AuditEntry): Readonly<Record<string, string>> {
  const values = csvLine(chained(entry, BEGINNING)).split(',');
  return Object.fromEntries(CSV_HEADER.split(',').map((column, index) => [column, values[index] ?? '']));
}

describe('the export of an entry', () => {
  it('contains the actor, the action, the time, the card, the reason and the outcome', () => {
    const event = { ...approve(AOI, T0 + 1, 'approval-1'), shown: 0, reason: 'It is off' };
    const it = cells(appliedEntry(restricted(), { ...awaiting(), revision: 1 }, event, T0 + 5));
    assert.equal(it.at, new Date(T0 + 5).toISOString());
    assert.deepEqual([it.actor_name, it.actor_object_id, it.actor_tenant_id], [AOI.name, AOI.objectId, AOI.tenantId]);
    assert.deepEqual([it.action, it.outcome, it.state], ['approve', 'applied', 'awaiting_confirmation']);
    assert.deepEqual([it.card_revision, it.revision, it.reason], ['0', '1', 'It is off']);
    assert.equal(it.approver, AOI.name);
  });

  it('contains why a click was refused', () => {
    const event = confirm(AOI, T0 + 2, 'approval-1');
    const it = cells(refusedEntry(awaiting(), event, { reason: 'own_approval' }, T0 + 2));
    assert.deepEqual([it.action, it.outcome, it.refusal], ['confirm_refused', 'refused', 'own_approval']);
  });

  it('names the calls of the work that led to it, and no calls of other work', async () => {
    const call = (requestId: string) =>
      recordCall({ service: 'exchange', operation: 'Get-BlockedConnector', requestId, outcome: 'ok' });
    const entry = () => appliedEntry(awaiting(), unblocking(), confirm(BEN, T0 + 2, 'approval-1'), T0 + 2);
    const [one, other] = await Promise.all(
      ['id-1', 'id-2'].map((id) =>
        recordingCalls(async () => {
          await Promise.resolve();
          call(id);
          await Promise.resolve();
          return cells(entry()).request_ids;
        }),
      ),
    );
    assert.deepEqual([one, other], ['Get-BlockedConnector id-1', 'Get-BlockedConnector id-2']);
    assert.equal(cells(entry()).request_ids, '');
  });

  it('reads an entry of the first shape, whose hash is what it was', () => {
    const details = { at: T0, approvalId: 'approval-1', reason: 'It is off', state: 'awaiting_confirmation' };
    const old = { at: T0, action: 'approve', incidentId: 'i', connectorId: 'c', actor: AOI, details };
    const it = cells(old);
    assert.deepEqual([it.reason, it.state, it.approval_id], ['It is off', 'awaiting_confirmation', 'approval-1']);
    // As version 0.1.0 wrote it.
    assert.equal(chained(old, BEGINNING).hash, 'fa66602f94d047e00a62d9d1768317e1106ef47a92fba0cc84f73e2db77389b1');
  });

  it('contains an entry that was changed until it cannot be read, because a broken trail is exported too', () => {
    const row = { ...chained(appliedEntry(restricted(), awaiting(), approve(AOI, T0, 'a'), T0), BEGINNING), at: 1e16 };
    for (const details of ['{"shape":2,', 'null', '7']) {
      const changed = { ...row, details };
      const csv = csvLine(changed);
      assert.ok(csv.startsWith('1,10000000000000000,approve,,'), csv);
      assert.ok(csv.includes(AOI.objectId) && csv.includes(row.hash), csv);
      const line: unknown = JSON.parse(jsonLine(changed));
      assert.ok(typeof line === 'object' && line !== null);
      assert.deepEqual([Reflect.get(line, 'at'), String(Reflect.get(line, 'details'))], ['10000000000000000', details]);
    }
  });
});
