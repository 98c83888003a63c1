import assert from 'node:assert/strict';
import { type ChangeFacts, judgeConfigurationChange } from '../../../../src/evidence/checks/configuration-change.ts';
import type { Subject } from '../../../../src/evidence/subject.ts';
import { finding } from '../../../../src/incident/model/finding.ts';
import { DAY, HOUR, MINUTE, NOW, RESTRICTED, WITHOUT_INCIDENT } from '../subjects.ts';

const NOTHING: ChangeFacts = { known: [], edits: [], wholeFrom: NOW - 90 * DAY };
const judged = (facts: Partial<ChangeFacts>, subject: Subject) =>
  finding('configuration_change', judgeConfigurationChange({ ...NOTHING, ...facts }, subject, NOW + MINUTE), NOW);
const kinds = (...given: Parameters<typeof judged>) => judged(...given).statements.map(({ kind }) => kind);
const edit = (operation: string, at: number) => ({
  operation,
  at,
  by: 'mallory@simulated.example',
  address: '203.0.113.9',
});

describe('the check of configuration changes', () => {
  it('finds a change an hour before the restriction bad, and names the account and the address', () => {
    const changedAt = NOW - HOUR;
    const { verdict, statements } = judged(
      { edits: [edit('Set-InboundConnector', changedAt + 1_000)] },
      { ...RESTRICTED, changedAt },
    );
    assert.equal(verdict, 'bad');
    const author = { by: 'mallory@simulated.example', address: '203.0.113.9' };
    assert.deepEqual(statements[0].values, { ...author, at: changedAt, beforeMs: HOUR });
  });

  it('finds a change a few days before a concern, and an older one good', () => {
    assert.equal(judged({}, { ...RESTRICTED, changedAt: NOW - 3 * DAY }).verdict, 'concern');
    assert.equal(judged({}, { ...RESTRICTED, changedAt: NOW - 8 * DAY }).verdict, 'good');
    assert.deepEqual(kinds({}, RESTRICTED), ['unchanged_since']);
  });

  it('names no author for a change that the audit log does not show yet', () => {
    const before = edit('Set-InboundConnector', NOW - 2 * DAY);
    const { statements } = judged({ edits: [before] }, { ...RESTRICTED, changedAt: NOW - HOUR });
    assert.deepEqual(statements[0].values, { by: null, address: null, at: NOW - HOUR, beforeMs: HOUR });
  });

  it('reads the author from the activity feed when the audit log could not be searched', () => {
    const changedAt = NOW - HOUR;
    const changedBy = {
      id: '1',
      operation: 'Set-InboundConnector',
      by: 'feed@simulated.example',
      at: changedAt,
      subjects: [],
    } as const;
    const { statements } = judged({ edits: null }, { ...RESTRICTED, changedAt, changedBy });
    assert.deepEqual(statements[0].values, {
      by: 'feed@simulated.example',
      address: null,
      at: changedAt,
      beforeMs: HOUR,
    });
  });

  it('finds a connector created the day before bad', () => {
    const made = { createdAt: NOW - 5 * HOUR, changedAt: NOW - 5 * HOUR };
    const edits = [edit('New-InboundConnector', NOW - 5 * HOUR)];
    assert.deepEqual(kinds({ edits }, { ...RESTRICTED, ...made }), ['created_before_restriction']);
    assert.equal(judged({ edits }, { ...RESTRICTED, ...made }).verdict, 'bad');
  });

  it('reports a creation that the audit log still does not record after two hours', () => {
    const made = { createdAt: NOW - 3 * DAY, changedAt: NOW - 3 * DAY };
    assert.ok(kinds({}, { ...RESTRICTED, ...made }).includes('creation_not_recorded'));
    const justMade = { createdAt: NOW - HOUR, changedAt: NOW - HOUR };
    assert.ok(!kinds({}, { ...RESTRICTED, ...justMade }).includes('creation_not_recorded'));
    assert.ok(!kinds({ wholeFrom: null }, { ...RESTRICTED, ...made }).includes('creation_not_recorded'));
  });

  it('shows field by field what differs from a week before the restriction', () => {
    const old = { ...RESTRICTED.configuration, SenderIPAddresses: ['192.0.2.10'], RequireTls: true };
    const known = [
      { since: NOW - 30 * DAY, configuration: old },
      { since: NOW - HOUR, configuration: { ...old, RequireTls: false } },
    ];
    const configuration = { ...old, RequireTls: false, SenderIPAddresses: [] };
    const { statements } = judged({ known }, { ...RESTRICTED, configuration });
    assert.deepEqual(statements.find(({ kind }) => kind === 'settings_differ')?.values, {
      changes: [
        { property: 'RequireTls', before: 'true', after: 'false' },
        { property: 'SenderIPAddresses', before: '192.0.2.10', after: '–' },
      ],
      count: 2,
      knownAt: NOW - 30 * DAY,
    });
  });

  it('finds a change after the restriction, or outside an incident, a concern', () => {
    assert.deepEqual(kinds({}, { ...RESTRICTED, changedAt: NOW + 1_000 }), ['changed_after_restriction']);
    const lately = judged({}, { ...WITHOUT_INCIDENT, changedAt: NOW - HOUR });
    assert.deepEqual([lately.verdict, lately.statements[0].kind], ['concern', 'changed_lately']);
  });

  it('is unknown when Exchange does not return the time of the last change', () => {
    assert.equal(judged({}, { ...RESTRICTED, changedAt: null, createdAt: null }).verdict, 'unknown');
  });
});
