import { exchangeTime } from './connectors.ts';

type Restriction = {
  readonly connectorId: string;
  readonly connectorName: string;
  readonly reason: string;
  readonly at: number;
};

export type Removal = { readonly connectorId: string; readonly reason: string | undefined; readonly at: number };

/** One restriction of one connector; `until` is null while Exchange lists it. */
export type Period = {
  readonly connectorId: string;
  readonly connectorName: string;
  readonly from: number;
  readonly until: number | null;
  readonly endedBy: 'cmdlet' | 'portal' | null;
};

export type BlockedRowOptions = {
  /** The name of the time field, which no published schema defines. */
  timeField: 'CreatedTime' | 'CreatedDatetime';
  omit: readonly string[];
  extra: Readonly<Record<string, unknown>>;
  /** Properties to rename. */
  rename: Readonly<Record<string, string>>;
  /** Properties that only `-ConnectorId` returns; Microsoft calls the list a summary. */
  detailsOnly: readonly string[];
};

/** How long a connector stays listed after `Remove-BlockedConnector`: by time, by number of list reads, or both. */
export type UnblockLag = { ms: number; reads: number };

type Entry = Restriction & { readonly acceptedAt: number | undefined; readonly readsLeft: number };

export type Restrictions = {
  readonly removals: readonly Removal[];
  /** Every restriction so far, in the order in which they began. */
  readonly periods: readonly Period[];
  readonly lag: UnblockLag;
  readonly rowOptions: BlockedRowOptions;
  restrict(restriction: Restriction): void;
  /** Lifts a restriction at once, as when a person unblocks by hand or the restriction expires. */
  lift(nameOrId: string): void;
  /** Does what `Remove-BlockedConnector` does; false when there is nothing to remove. */
  requestUnblock(connectorId: string, reason: string | undefined): boolean;
  isListed(nameOrId: string): boolean;
  /** Reads the list, or one restriction in it. */
  read(tenantId: string, connectorId?: string): readonly Record<string, unknown>[];
};

export function createRestrictions(now: () => number): Restrictions {
  const entries = new Map<string, Entry>();
  const removals: Removal[] = [];
  const periods: Period[] = [];
  const end = (entry: Entry, endedBy: 'cmdlet' | 'portal', until: number) => {
    const index = periods.findLastIndex((one) => one.connectorId === entry.connectorId);
    const period = periods[index];
    if (period !== undefined && period.until === null) periods[index] = { ...period, until, endedBy };
  };
  const lag: UnblockLag = { ms: 0, reads: 0 };
  const rowOptions: BlockedRowOptions = { timeField: 'CreatedTime', omit: [], extra: {}, rename: {}, detailsOnly: [] };
  const keep = (entry: Entry) => void entries.set(keyOf(entry), entry);
  const find = (nameOrId: string) =>
    entries.get(nameOrId.toLowerCase()) ?? [...entries.values()].find((one) => one.connectorName === nameOrId);
  const listed = (entry: Entry) =>
    entry.acceptedAt === undefined || entry.readsLeft > 0 || now() < entry.acceptedAt + lag.ms;
  return {
    removals,
    periods,
    lag,
    rowOptions,
    restrict(restriction) {
      const { connectorId, connectorName } = restriction;
      keep({ ...restriction, acceptedAt: undefined, readsLeft: 0 });
      periods.push({ connectorId, connectorName, from: now(), until: null, endedBy: null });
    },
    lift(nameOrId) {
      const entry = find(nameOrId);
      if (entry === undefined) return;
      entries.delete(keyOf(entry));
      end(entry, 'portal', now());
    },
    requestUnblock(connectorId, reason) {
      const entry = entries.get(connectorId.toLowerCase());
      if (entry === undefined || !listed(entry)) return false;
      removals.push({ connectorId: entry.connectorId, reason, at: now() });
      end(entry, 'cmdlet', now() + lag.ms);
      keep({ ...entry, acceptedAt: entry.acceptedAt ?? now(), readsLeft: lag.reads });
      return true;
    },
    isListed(nameOrId) {
      const entry = find(nameOrId);
      return entry !== undefined && listed(entry);
    },
    read(tenantId, connectorId) {
      const one = connectorId?.toLowerCase();
      const shown = [...entries.values()].filter((it) => listed(it) && (one === undefined || keyOf(it) === one));
      for (const it of shown) {
        const readsLeft = it.acceptedAt === undefined ? 0 : Math.max(0, it.readsLeft - 1);
        keep({ ...it, readsLeft });
      }
      const omit = [...rowOptions.omit, ...(one === undefined ? rowOptions.detailsOnly : [])];
      return shown.map((it) => blockedRow(it, tenantId, { ...rowOptions, omit }));
    },
  };
}

function keyOf({ connectorId }: Restriction): string {
  return connectorId.toLowerCase();
}

const LIFETIME_MS = 30 * 86_400_000;

/** Creates a row with the field names that a public third-party program reads; Microsoft publishes none. */
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
  const kept = Object.entries(row).filter(([name]) => !options.omit.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [options.rename[name] ?? name, value]));
}
