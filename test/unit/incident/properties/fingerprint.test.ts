import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Configuration,
  type ConfigurationValue,
  changes,
  configurationOf,
  fingerprint,
} from '../../../../src/incident/model/fingerprint.ts';
import { settings } from './settings.ts';

const PROPERTIES = ['Comment', 'ConnectorType', 'Enabled', 'RequireTls', 'SenderDomains', 'SenderIPAddresses'];

const list = fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 4 });
const value: fc.Arbitrary<ConfigurationValue> = fc.oneof(fc.string({ maxLength: 4 }), fc.boolean(), fc.nat(9), list);

/** Every property of a connector always has a value; see `configurationIn` in src/microsoft/exchange/configuration.ts. */
const configuration: fc.Arbitrary<Configuration> = fc
  .tuple(...PROPERTIES.map((property) => value.map((it) => [property, it] as const)))
  .map(Object.fromEntries);

/** Shuffles the properties and list items of a configuration. */
const reordered = (it: Configuration): fc.Arbitrary<Configuration> =>
  fc
    .tuple(
      ...Object.entries(it).map(([property, held]) =>
        typeof held === 'object' && held !== null
          ? fc.shuffledSubarray([...held], { minLength: held.length }).map((items) => [property, items] as const)
          : fc.constant([property, held] as const),
      ),
    )
    .chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }))
    .map(Object.fromEntries);

const twice = configuration.chain((it) => fc.tuple(fc.constant(it), reordered(it)));
type Print = typeof fingerprint;

const sameInAnyOrder = (print: Print) =>
  fc.property(twice, ([one, other]) => {
    assert.equal(print(one), print(other));
  });

const anyChangeMatters = (print: Print) =>
  fc.property(twice, fc.constantFrom(...PROPERTIES), value, ([one, other], property, after) => {
    const { [property]: before = null } = one;
    fc.pre(JSON.stringify([before].flat().sort()) !== JSON.stringify([after].flat().sort()));
    const changed = { ...other, [property]: after };
    assert.notEqual(print(one), print(changed));
    assert.deepEqual(
      changes(one, changed).map((it) => it.property),
      [property],
    );
    assert.deepEqual(
      changes(changed, one),
      changes(one, changed).map(({ before: was, after: is }) => ({ property, before: is, after: was })),
    );
  });

/** For replays and longer searches see settings.ts. */
describe('every fingerprint', () => {
  it('is the same whatever the order of properties and list items', () => {
    fc.assert(sameInAnyOrder(fingerprint), settings(500));
  });

  it('differs when any one setting does, and that setting alone is listed', () => {
    fc.assert(anyChangeMatters(fingerprint), settings(500));
  });

  it('differs exactly when a change is listed', () => {
    const property = fc.property(configuration, configuration, (one, other) => {
      assert.equal(fingerprint(one) === fingerprint(other), changes(one, other).length === 0);
    });
    fc.assert(property, settings(500));
  });

  it('can be parsed into settings that have the same fingerprint', () => {
    const property = fc.property(configuration, (it) => {
      assert.equal(fingerprint(configurationOf(fingerprint(it))), fingerprint(it));
      assert.deepEqual(changes(configurationOf(fingerprint(it)), it), []);
    });
    fc.assert(property, settings(500));
  });

  it('catches one that depends on order or omits a setting', () => {
    const inOrder: Print = (it) => JSON.stringify(it);
    const withoutTls: Print = (it) => fingerprint(it && { ...it, RequireTls: null });
    assert.ok(fc.check(sameInAnyOrder(inOrder), { seed: 1, numRuns: 500 }).failed);
    assert.ok(fc.check(anyChangeMatters(withoutTls), { seed: 1, numRuns: 500 }).failed);
  });
});
