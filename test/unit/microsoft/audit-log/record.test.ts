import assert from 'node:assert/strict';
import { recordsIn } from '../../../../src/microsoft/audit-log/record.ts';
import { alertRecord, connectorChangeRecord, hygieneRecord } from '../../../tenant/activity-feed-records.ts';

const AT = Date.parse('2026-11-24T09:30:00Z');
const ID = 'fa5164ba50-54a1-3a15-63fb-08dee8e07e3d';
const ENTITY = '159EB7C4-75d7-43e2-95fe-ced44b3e0a56';

/** Public records of other policies in the same shape: elastic/integrations, o365 audit, test-sec-comp-alerts-events. */
const OTHER_POLICY = {
  Operation: 'AlertTriggered',
  AlertId: '5ba6e029-8b6e-13bd-b800-08d7b180173c',
  Name: 'Elevation of Exchange admin privilege',
  PolicyId: '17d51759-88e1-40c1-8df3-20bcf2e43057',
  RecordType: '40',
  CreationTime: '2020-02-14T19:00:00',
  Data: '{"f3u":"user","cid":"17d51759-88e1-40c1-8df3-20bcf2e43057"}',
};

describe('records of the activity feed', () => {
  it('of an alert of our policy give its id and what it names', () => {
    assert.deepEqual(recordsIn([alertRecord('AlertEntityGenerated', { id: ID }, AT, ENTITY)]), [
      { kind: 'alert', alertId: ID, text: ENTITY.toLowerCase() },
    ]);
  });

  it('are read with a record type that is a number or a text', () => {
    const record = alertRecord('AlertTriggered', { id: ID }, AT);
    for (const RecordType of [40, '40']) assert.equal(recordsIn([{ ...record, RecordType }]).length, 1);
    assert.deepEqual(recordsIn([{ ...record, RecordType: 41 }]), []);
  });

  it('are ours by the id of the policy, the id in Data, or the name', () => {
    const record = alertRecord('AlertUpdated', { id: ID }, AT);
    const alone = { PolicyId: undefined, Name: undefined, Data: undefined };
    for (const mark of ['PolicyId', 'Name', 'Data']) {
      assert.equal(recordsIn([{ ...record, ...alone, [mark]: record[mark] }]).length, 1, mark);
    }
    assert.deepEqual(recordsIn([{ ...record, ...alone }, OTHER_POLICY]), []);
  });

  it("name nothing from the policy's fixed text", () => {
    assert.deepEqual(recordsIn([alertRecord('AlertTriggered', { id: ID }, AT)]), [
      { kind: 'alert', alertId: ID, text: '' },
    ]);
  });

  it('are read even when their Data is not JSON', () => {
    for (const Data of ['{"eid":', 'null', '[]', 7, null]) {
      const record = { ...alertRecord('AlertEntityGenerated', { id: ID }, AT, ENTITY), Data };
      assert.deepEqual(recordsIn([record]), [{ kind: 'alert', alertId: ID, text: ENTITY.toLowerCase() }]);
    }
  });

  it('of a connector say who changed which one, and when, in UTC', () => {
    const record = connectorChangeRecord('Set-InboundConnector', 'Relay Kobe', 'aoi@tenant.example', AT);
    const [change] = recordsIn([record]);
    assert.ok(change?.kind === 'connector_change');
    assert.deepEqual(change.change, {
      id: record.Id,
      operation: 'Set-InboundConnector',
      by: 'aoi@tenant.example',
      at: AT,
      subjects: ['simulated.example\\relay kobe', 'relay kobe'],
    });
  });

  it('of a change that failed are left out', () => {
    const record = connectorChangeRecord('Set-InboundConnector', 'Relay Kobe', 'aoi@tenant.example', AT);
    assert.deepEqual(recordsIn([{ ...record, ResultStatus: 'False' }]), []);
  });

  it('of a listed or delisted sender only trigger a reading', () => {
    for (const event of ['Listed', 'Delisted'] as const)
      assert.deepEqual(recordsIn([hygieneRecord(event, 'Relay Kobe', AT)]), [{ kind: 'hygiene' }]);
  });

  it('that are unknown or unreadable are skipped, and the others kept', () => {
    const good = connectorChangeRecord('New-InboundConnector', 'Relay Kobe', 'aoi@tenant.example', AT);
    const strange = [null, 7, 'x', [], {}, { Operation: 3 }, { Operation: 'MailItemsAccessed' }];
    const halves = [
      { ...good, CreationTime: 'yesterday' },
      { ...good, UserId: null },
      { ...good, Id: '' },
    ];
    const empty = { ...good, ObjectId: null, Parameters: [{ Name: 'Identity' }, null] };
    assert.equal(recordsIn([...strange, ...halves, empty, good]).length, 1);
  });
});
