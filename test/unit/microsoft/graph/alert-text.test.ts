import assert from 'node:assert/strict';
import { textOf } from '../../../../src/microsoft/graph/alert-text.ts';
import { alertComment } from '../../../../src/teams/cards/records.ts';
import { restricted } from '../../incident/history.ts';

const BOILERPLATE = {
  title: 'Suspicious connector activity',
  description: 'Connector has been restricted from sending messages due to potential compromise activity. -V1.0.0.1',
  productName: 'Microsoft Defender for Office 365',
  category: 'ThreatManagement',
  severity: 'high',
  alertWebUrl: 'https://security.microsoft.com/alerts/fa1?tid=2',
};

describe('the text of an alert', () => {
  it("contains nothing of the policy's fixed text", () => {
    assert.equal(textOf(BOILERPLATE).trim(), '');
  });

  it('contains what a title adds to the fixed text', () => {
    const title = 'Suspicious connector activity: Head office Relay';
    assert.match(textOf({ ...BOILERPLATE, title }), /: head office relay/);
  });

  it('contains every text at any depth, in lower case', () => {
    const alert = {
      additionalData: { 'Entity@odata.type': '#x.yEvidence', list: [{ deep: ['Head Office'] }] },
      evidence: [
        {
          '@odata.type': '#microsoft.graph.security.ipEvidence',
          createdDateTime: '2026-01-01',
          ipAddress: '192.0.2.1',
        },
      ],
      customDetails: null,
      count: 3,
    };
    assert.equal(textOf(alert), 'head office\n192.0.2.1');
  });

  it('contains the text of JSON inside a string, unescaped', () => {
    const data = JSON.stringify({ eid: '工場スキャナー中継' }).replaceAll(/[^ -~]/g, escaped);
    assert.match(textOf({ additionalData: { data } }), /工場スキャナー中継/);
  });

  it("contains people's comments and not our own", () => {
    const ours = [alertComment(restricted()), alertComment(restricted(), '63:ddcdc8f6c76d03fa')];
    const comments = [...ours, 'Looks like Head Office'].map((comment) => ({ comment, createdByDisplayName: 'x' }));
    assert.equal(textOf({ comments }), 'x\nx\nlooks like head office\nx');
    assert.match(textOf({ description: ours[0], evidence: ours }), /relay from osaka.*relay from osaka/s);
  });

  it('stops at a limit in deeply nested JSON', () => {
    const nest = `${'['.repeat(500)}"deep"${']'.repeat(500)}`;
    assert.equal(typeof textOf({ description: nest }), 'string');
  });
});

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
