import { exchangeTime } from './connectors.ts';

type Restriction = {
  readonly connectorId: string;
  readonly connectorName: string;
  readonly reason: string;
  readonly at: number;
};

export type Removal = { readonly connectorId: string; readonly reason: string | undefined; readonly at: number };

export type BlockedRowOptions = {
  /** No published schema settles the names: facts §2. */
  timeField: 'CreatedTime' | 'CreatedDatetime';
  omit: readonly string[];
  extra: Readonly<Record<string, unknown>>;
};

/** After `Remove-BlockedConnector` a connector may stay listed for a while: by time, by number of list reads, or both. */
export type UnblockLag = { ms: number; reads: number };

type Entry = Restriction & { readonly acceptedAt: number | undefined; readonly readsLeft: number };

export type Restrictions = {
  readonly removals: readonly Removal[];
  readonly lag: UnblockLag;
  readonly rowOptions: BlockedRowOptions;
  restrict(restriction: Restriction): void;
  /** At once, as when somebody unblocks by hand or the restriction runs out. */
  lift(nameOrId: string): void;
  /** What `Remove-BlockedConnector` does; false when there is nothing to remove. */
  requestUnblock(connectorId: string, reason: string | undefined): boolean;
  isListed(nameOrId: string): boolean;
  /** One read of the list. */
  read(tenantId: string): readonly Record<string, unknown>[];
};

export function createRestrictions(now: () => number): Restrictions {
  const entries = new Map<string, Entry>();
  const removals: Removal[] = [];
  const lag: UnblockLag = { ms: 0, reads: 0 };
  const rowOptions: BlockedRowOptions = { timeField: 'CreatedTime', omit: [], extra: {} };
  const keep = (entry: Entry) => void entries.set(keyOf(entry), entry);
  const find = (nameOrId: string) =>
    entries.get(nameOrId.toLowerCase()) ?? [...entries.values()].find((one) => one.connectorName === nameOrId);
  const listed = (entry: Entry) =>
    entry.acceptedAt === undefined || entry.readsLeft > 0 || now() < entry.acceptedAt + lag.ms;
  return {
    removals,
    lag,
    rowOptions,
    restrict: (restriction) => keep({ ...restriction, acceptedAt: undefined, readsLeft: 0 }),
    lift(nameOrId) {
      const entry = find(nameOrId);
      if (entry !== undefined) entries.delete(keyOf(entry));
    },
    requestUnblock(connectorId, reason) {
      const entry = entries.get(connectorId.toLowerCase());
      if (entry === undefined || !listed(entry)) return false;
      removals.push({ connectorId: entry.connectorId, reason, at: now() });
      keep({ ...entry, acceptedAt: entry.acceptedAt ?? now(), readsLeft: lag.reads });
      return true;
    },
    isListed(nameOrId) {
      const entry = find(nameOrId);
      return entry !== undefined && listed(entry);
    },
    read(tenantId) {
      const shown = [...entries.values()].filter(listed);
      for (const one of shown) {
        const readsLeft = one.acceptedAt === undefined ? 0 : Math.max(0, one.readsLeft - 1);
        keep({ ...one, readsLeft });
      }
      return shown.map((one) => blockedRow(one, tenantId, rowOptions));
    },
  };
}

function keyOf({ connectorId }: Restriction): string {
  return connectorId.toLowerCase();
}

const LIFETIME_MS = 30 * 86_400_000;

/** Field names as one outside reader keeps them; Microsoft publishes none (facts §2). */
function blockedRow(restriction: Restriction, tenantId: string, options: BlockedRowOptions): Record<string, unknown> {
  const row: Record<string, unknown> = {
    ConnectorId: restriction.connectorId,
    ConnectorName: restriction.connectorName,
    TenantId: tenantId,
    Reason: restriction.reason,
    [options.timeField]: exchangeTime(restriction.at),
    ExpirationTime: exchangeTime(restriction.at + LIFETIME_MS),
    ...options.extra,
  };
  return Object.fromEntries(Object.entries(row).filter(([name]) => !options.omit.includes(name)));
}
