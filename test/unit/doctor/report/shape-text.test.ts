import assert from 'node:assert/strict';
import { shapeOf } from '../../../../src/doctor/report/shape-text.ts';

const text = (value: unknown) => shapeOf(value).join('\n');

describe('the shape of a value', () => {
  for (const [value, shape] of [
    ['Contoso', 'text (7)'],
    ['', 'empty text'],
    ['159eb7c4-75d7-43e2-95fe-ced44b3e0a56', 'guid (36)'],
    ['path\\159eb7c4-75d7-43e2-95fe-ced44b3e0a56', 'text with a guid in it (41)'],
    ['2026-11-27T18:41:07.1234567Z', "time 2026-11-27T19h UTC (7 digits of a second's fraction, Z)"],
    ['2026-11-27T18:10:07', "time 2026-11-27T18h UTC (0 digits of a second's fraction, no zone)"],
    ['https://contoso.example/x', 'web address (25)'],
    ['aoi@contoso.example', 'mail address (19)'],
    ['192.0.2.10', 'IPv4 (10)'],
    ['OnPremises', '"OnPremises"'],
    ['4711', 'digits (4)'],
    [42, 'whole number'],
    [true, 'true'],
    [null, 'null'],
    [['a', 'b'], 'list (2) of\n  text (1)'],
    [[], 'list (0)'],
    [{ a: { b: 'x' } }, 'a:\n  b: text (1)'],
    [{ Guid: 'Contoso', 'Guid@data.type': 'System.Guid' }, 'Guid: text (7) [System.Guid]'],
    [{ Guid: 'x', 'Guid@data.type': 'Contoso secret' }, 'Guid: text (1) [a type]'],
    [{ 'Contoso merger': 'x' }, 'a property (14): text (1)'],
    ['{"etype":"Connector","eid":"Contoso"}', 'JSON text (37) of\n  etype: "Connector"\n  eid: text (7)'],
    ['System.Contoso', 'text (14)'],
  ] as const) {
    it(`of ${JSON.stringify(value)} is ${JSON.stringify(shape)}`, () => {
      assert.equal(text(value), shape);
    });
  }
});
