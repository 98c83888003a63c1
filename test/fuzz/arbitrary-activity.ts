import fc from 'fast-check';
import type { WireActivity } from '../tenant/teams-activities.ts';
import { codePoint } from './code-point.ts';

/** Values that are valid for the service under test. */
export type Scene = {
  readonly notificationSecret: string;
  /** Genuine activities without a click or a text: from people in a channel, in chats, and from another tenant. */
  readonly envelopes: readonly WireActivity[];
  readonly incidentId: string;
  /** The id of the card's message in the channel. */
  readonly activityId: string;
};

const VERBS = [
  'approve',
  'confirm',
  'reject',
  'withdraw',
  'acknowledge',
  'keep',
  'refresh',
  'unlink',
  'stop',
  'review',
];
const COMMANDS = [
  'status connectors',
  'status connectors Relay',
  'history',
  'help',
  'watch here',
  'コネクタの状態',
  '',
];

/** Strings, including those that often cause failures. */
const text = fc.oneof(
  fc.string({ unit: codePoint, maxLength: 40 }),
  fc.constantFrom(
    '\u0000',
    '\ud800',
    '__proto__',
    '../../x',
    "'; drop table incidents; --",
    '{{DATE(x)}}',
    '<at>x</at>',
  ),
);

const data = (incidentId: string) =>
  fc.record(
    {
      incidentId: fc.oneof({ weight: 6, arbitrary: fc.constant(incidentId) }, text),
      approvalId: fc.oneof(fc.uuid(), text),
      shown: fc.oneof(fc.nat().map(String), text),
      alertId: text,
      breakGlassId: text,
      reason: text,
      language: fc.oneof(fc.constantFrom('en-US', 'ja-JP'), text),
      admins_secured: fc.constantFrom('true', 'false'),
      changes_reviewed: fc.constantFrom('true', 'false'),
      traffic_reviewed: fc.constantFrom('true', 'false'),
    },
    { requiredKeys: ['incidentId'] },
  );

function press({ incidentId, activityId }: Scene): fc.Arbitrary<WireActivity> {
  return fc
    .record({
      name: fc.oneof({ weight: 9, arbitrary: fc.constant('adaptiveCard/action') }, text),
      id: fc.uuid(),
      replyToId: fc.oneof({ weight: 5, arbitrary: fc.constant(activityId) }, text),
      verb: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...VERBS) }, text),
      data: data(incidentId),
    })
    .map(({ verb, data: fields, ...rest }) => {
      const value = { action: { type: 'Action.Execute', verb, data: fields }, trigger: 'manual' };
      return { type: 'invoke', ...rest, value };
    });
}

const message = fc.record({
  type: fc.constant('message'),
  id: fc.uuid(),
  text: fc.oneof(fc.constantFrom(...COMMANDS), text),
});

const arrival = fc.record({
  type: fc.constantFrom('conversationUpdate', 'installationUpdate', 'event', 'typing'),
  id: text,
  action: fc.constantFrom('add', 'remove'),
  membersAdded: fc.array(fc.record({ id: text }), { maxLength: 2 }),
});

/** A genuine activity, or one with a value replaced somewhere. */
export function arbitraryActivity(scene: Scene): fc.Arbitrary<unknown> {
  const act = fc.oneof(
    { weight: 20, arbitrary: press(scene) },
    { weight: 1, arbitrary: message },
    { weight: 1, arbitrary: arrival },
  );
  const whole = fc
    .tuple(fc.constantFrom(...scene.envelopes), act)
    .map(([envelope, fields]): WireActivity => ({ ...envelope, ...fields }));
  const other = fc.tuple(whole, fc.nat(), fc.oneof(fc.jsonValue(), text, fc.constant(undefined)));
  return fc.oneof(
    { weight: 2, arbitrary: whole },
    { weight: 3, arbitrary: other.map(([activity, at, value]) => replaced(activity, at, value)) },
  );
}

/** Returns the value with another one at one place in it, at any depth. */
function replaced(value: unknown, at: number, other: unknown): unknown {
  if (typeof value !== 'object' || value === null) return other;
  const keys = Object.keys(value);
  const key = keys[at % Math.max(1, keys.length)];
  if (key === undefined) return other;
  const inner = Reflect.get(value, key);
  const goesOn = typeof inner === 'object' && inner !== null && at % 3 !== 0;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  Reflect.set(copy, key, goesOn ? replaced(inner, Math.floor(at / 3), other) : other);
  return copy;
}
