import fc from 'fast-check';
import type { Configuration } from '../../../../src/incident/model/fingerprint.ts';
import type {
  Alert,
  BlockedConnector,
  InboundConnector,
  Observation,
} from '../../../../src/incident/model/observation.ts';
import { HOUR, MINUTE, T0 } from '../history.ts';

/** A small tenant: few connectors, two of them with the same name, so that readings overlap. */
const CONNECTORS = [
  { id: '159eb7c4-75d7-43e2-95fe-ced44b3e0a56', name: 'Relay from Osaka' },
  { id: 'ac4d5ab0-6637-4e91-8d47-f5c2e95c71d9', name: 'Relay from Nagoya' },
  { id: '0b1c2d3e-0000-4000-8000-00000000000c', name: 'Relay' },
  { id: '0b1c2d3e-0000-4000-8000-00000000000d', name: 'Relay' },
];
const ELSEWHERE = '0b1c2d3e-0000-4000-8000-0000000000ff';
const CONFIGURATIONS: readonly Configuration[] = [{ RequireTls: true }, { RequireTls: false }];
const WORDS = [
  '',
  'relay from osaka',
  'relay from nagoya',
  'relay',
  CONNECTORS[1]?.id ?? '',
  'relay from osaka and nagoya',
];

const someOf = <T>(all: readonly T[]): fc.Arbitrary<T[]> => fc.shuffledSubarray([...all]);
const mostly = (value: boolean) => fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, fc.constant(!value));

/** A time close to T0 or hours from it. */
const moment = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -MINUTE, max: 30 * MINUTE }) },
  fc.constantFrom(-5 * HOUR, 3 * HOUR, 6 * HOUR, -30 * HOUR),
);

const blocked: fc.Arbitrary<readonly BlockedConnector[]> = someOf(CONNECTORS).chain((rows) =>
  fc.tuple(
    ...rows.map(({ id, name }) =>
      fc.record({ named: mostly(true), since: fc.option(moment) }).map(
        ({ named, since }): BlockedConnector => ({
          id,
          name: named ? name : null,
          reason: null,
          since: since === null ? null : T0 + since,
          until: null,
        }),
      ),
    ),
  ),
);

const inbound: fc.Arbitrary<readonly InboundConnector[]> = someOf(CONNECTORS).chain((rows) =>
  fc.tuple(
    ...rows.map(({ id, name }, index) =>
      fc.record({ same: mostly(true), setting: fc.nat(1) }).map(
        ({ same, setting }): InboundConnector => ({
          id: same ? id : `${ELSEWHERE.slice(0, -1)}${index}`,
          name,
          enabled: true,
          type: 'OnPremises',
          createdAt: null,
          changedAt: null,
          configuration: CONFIGURATIONS[setting] ?? {},
        }),
      ),
    ),
  ),
);

const alert: fc.Arbitrary<Alert> = fc
  .record({
    id: fc.constantFrom('alert-a', 'alert-b', 'alert-c', 'alert-d', 'alert-e'),
    words: fc.constantFrom(...WORDS),
    created: moment,
    status: fc.constantFrom('new', 'new', 'new', 'inProgress', 'resolved'),
    updated: fc.nat(3),
  })
  .map(({ id, words, created, status, updated }) => ({
    id,
    title: 'Suspicious connector activity',
    status,
    severity: 'high',
    webUrl: null,
    createdAt: T0 + created,
    updatedAt: T0 + created + updated,
    text: words,
  }));

const reading = <T>(items: readonly T[], complete: boolean) => ({
  items,
  complete,
  reason: complete ? null : 'there is more than was returned',
});

/** One reading of the tenant, begun at T0. It may list an alert twice, because pages of a changing list may overlap. */
const observation: fc.Arbitrary<Observation> = fc
  .record({
    blocked,
    inbound,
    alerts: fc.uniqueArray(alert, { maxLength: 4, selector: ({ id, updatedAt }) => `${id} ${updatedAt}` }),
    blockedComplete: mostly(true),
    inboundComplete: mostly(true),
  })
  .map((it) => ({
    seq: T0,
    beganAt: T0,
    blocked: reading(it.blocked, it.blockedComplete),
    inbound: reading(it.inbound, it.inboundComplete),
    alerts: it.alerts,
  }));

/** Shuffles the rows and alerts of a reading. */
function shuffled(it: Observation): fc.Arbitrary<Observation> {
  const order = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
  return fc
    .tuple(order(it.blocked.items), order(it.inbound.items), order(it.alerts))
    .map(([rows, connectors, alerts]) => ({
      ...it,
      blocked: { ...it.blocked, items: rows },
      inbound: { ...it.inbound, items: connectors },
      alerts,
    }));
}

/** A reading of the tenant, people's actions around it, and the same reading in another order. */
export type Step = {
  readonly observation: Observation;
  readonly reordered: Observation;
  /** How long after the read before it this one began, and how long it took, ms. */
  readonly gap: number;
  readonly took: number;
  readonly clicks: readonly Click[];
};

/** The next step towards unblocking one of the open incidents, before or during the reading. */
export type Click = { readonly on: number; readonly by: number; readonly during: boolean };

const click: fc.Arbitrary<Click> = fc.record({ on: fc.nat(3), by: fc.nat(2), during: fc.boolean() });

const step: fc.Arbitrary<Step> = fc
  .record({
    observation: observation.chain((it) => shuffled(it).map((reordered) => ({ observation: it, reordered }))),
    gap: fc.oneof({ weight: 4, arbitrary: fc.nat(10 * MINUTE) }, fc.constantFrom(0, HOUR, 25 * HOUR)),
    took: fc.oneof({ weight: 3, arbitrary: fc.nat(5_000) }, fc.constant(0)),
    clicks: fc.array(click, { maxLength: 3 }),
  })
  .map(({ observation: both, ...rest }) => ({ ...both, ...rest }));

export const steps = fc.array(step, { minLength: 1, maxLength: 8, size: 'max' });
