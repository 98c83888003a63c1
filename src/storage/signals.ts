import type { Db } from './database.ts';
import { readObservationHead } from './observations.ts';
import { pushState, readPushes } from './push.ts';

/** The signals that trigger a reconcile. Each can fail independently of the others. */
export type SignalName = 'notification' | 'alerts' | 'exchange' | 'activity_feed';

/** The state of a signal. Times are in ms since the epoch. */
export type SignalState = {
  readonly triedAt: number;
  /** Null when it has not worked yet. */
  readonly succeededAt: number | null;
  /** Why the last attempt failed; null when it succeeded. */
  readonly reason: string | null;
};

/** Records the outcome of the latest attempt. A failure keeps the time of the last success. */
export async function noteSignal(db: Db, name: SignalName, at: number, reason: string | null): Promise<void> {
  const success = reason === null ? { succeeded_at: at } : {};
  const row = { tried_at: at, problem: reason, ...success };
  await db
    .insertInto('signals')
    .values({ name, succeeded_at: null, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}

export async function readSignals(db: Db): Promise<ReadonlyMap<string, SignalState>> {
  const rows = await db.selectFrom('signals').selectAll().execute();
  return new Map(
    rows.map(({ name, tried_at, succeeded_at, problem: reason }) => [
      name,
      { triedAt: tried_at, succeededAt: succeeded_at, reason },
    ]),
  );
}

/** The health of a signal: `live`, `failing`, `waiting` for its first success, `refused` by the tenant, or `off` by configuration. */
export type SignalHealth = {
  readonly name: SignalName;
  readonly state: 'live' | 'failing' | 'waiting' | 'refused' | 'off';
  /** When it last worked, ms since the epoch; null when it has not. */
  readonly succeededAt: number | null;
  /** Why it fails or is refused; null otherwise. */
  readonly reason: string | null;
};

/** The signals that are configured in addition to those that are always read. */
export type ConfiguredSignals = { readonly push: boolean; readonly activityFeed: boolean };

/** Returns the optional signals for which there are settings. */
export function configuredSignals(settings: { readonly push: object | null; readonly activityFeed: object | null }) {
  return { push: settings.push !== null, activityFeed: settings.activityFeed !== null };
}

/** Reads the health of all signals, the fastest signal first. */
export async function signalHealth(db: Db, configured: ConfiguredSignals): Promise<readonly SignalHealth[]> {
  const signals = await readSignals(db);
  const feed = signals.get('activity_feed');
  return [
    await pushHealth(db, configured.push, signals.get('notification')),
    healthOf('alerts', signals.get('alerts')),
    await exchangeHealth(db),
    configured.activityFeed ? healthOf('activity_feed', feed) : off('activity_feed'),
  ];
}

async function pushHealth(
  db: Db,
  isConfigured: boolean,
  notifications: SignalState | undefined,
): Promise<SignalHealth> {
  const state = ({ off: 'off', active: 'live', refused: 'refused', pending: 'waiting' } as const)[
    await pushState(db, isConfigured)
  ];
  if (state === 'off') return off('notification');
  const refusal = (await readPushes(db)).find((it) => it.refusal !== null)?.refusal ?? null;
  return { name: 'notification', state, succeededAt: notifications?.succeededAt ?? null, reason: refusal };
}

async function exchangeHealth(db: Db): Promise<SignalHealth> {
  const [complete, latest] = [await readObservationHead(db, 'complete'), await readObservationHead(db, 'latest')];
  if (latest === null) return healthOf('exchange', undefined);
  const { beganAt: triedAt, reason } = latest;
  return healthOf('exchange', { triedAt, succeededAt: complete?.beganAt ?? null, reason });
}

function healthOf(name: SignalName, state: SignalState | undefined): SignalHealth {
  if (state === undefined) return { name, state: 'waiting', succeededAt: null, reason: null };
  const { succeededAt, reason } = state;
  return { name, state: reason === null ? 'live' : 'failing', succeededAt, reason };
}

function off(name: SignalName): SignalHealth {
  return { name, state: 'off', succeededAt: null, reason: null };
}
