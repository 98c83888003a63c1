import type { BlockedConnector } from '../../incident/model/observation.ts';
import { instantOf } from '../http/instant.ts';
import { oneLine } from '../http/one-line.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import { embeddedGuidIn, first, type Row, rowOf, textIn } from './row.ts';

const IDS = ['ConnectorId', 'Identity', 'Guid', 'ExchangeObjectId', 'Id'];
const NAMES = ['ConnectorName', 'Name'];
const REASONS = ['Reason'];
const CREATED = ['CreatedTime', 'CreatedDatetime', 'WhenCreatedUTC'];
const EXPIRES = ['ExpirationTime', 'ExpirationDatetime'];
/** Properties that related cmdlets and other Exchange rows have and that this service ignores. */
const UNUSED = ['TenantId', 'OrganizationId', 'ChangedDatetime', 'TemporaryBlock', 'IsValid', 'ObjectState'];
const KNOWN: ReadonlySet<string> = new Set(
  [IDS, NAMES, REASONS, CREATED, EXPIRES, UNUSED].flat().map((name) => name.toLowerCase()),
);

/** Names of properties whose GUID is not the connector's. */
const OF_OTHERS = /tenant|organi[sz]ation|trace|message|network|session|request|correlation|policy|alert|rule|user/;
/** UTF-16 units; short enough to be shown on a card. */
const MAX_RAW = 1_000;
const MAX_KEY = 100;

type Context = {
  readonly tenantId: string | null;
  /** The row's position in the list, from 1. */
  readonly position: number;
  readonly shapes: ShapeWatch | undefined;
};

/**
 * Parses a row of `Get-BlockedConnector`, whose properties are not documented. Tries the property names of related cmdlets,
 * then any GUID that is neither the tenant's nor that of another object. A row without a usable id still is a restriction:
 * it is kept verbatim (`raw`), with an id made from its name or its position in the list.
 */
export function blockedConnectorIn(value: unknown, context: Context): BlockedConnector {
  const row = rowOf(value) ?? new Map<string, unknown>();
  const id = idIn(row, context);
  noteUnknown(value, row, id, context.shapes);
  const read = {
    name: first(row, NAMES, textIn) ?? (id === null ? first(row, IDS, nameIn) : null),
    reason: first(row, REASONS, textIn),
    since: first(row, CREATED, instantOf),
    until: first(row, EXPIRES, instantOf),
  };
  if (id !== null) return { id, ...read };
  const key = read.name === null ? `#${context.position}` : oneLine(read.name, MAX_KEY).toLowerCase();
  return { id: `unnamed:${key}`, ...read, raw: oneLine(JSON.stringify(value) ?? 'null', MAX_RAW) };
}

function idIn(row: Row, { tenantId }: Context): string | null {
  const notTenant = (value: unknown) => {
    const id = embeddedGuidIn(value);
    return id === tenantId?.toLowerCase() ? null : id;
  };
  const known = first(row, IDS, notTenant);
  if (known !== null) return known;
  const others = [...row].flatMap(([name, value]) => {
    const id = OF_OTHERS.test(name) ? null : notTenant(value);
    return id === null ? [] : [{ name, id }];
  });
  return only(others) ?? only(others.filter(({ name }) => name.includes('connector')));
}

/** Returns an identity that is a name, not a GUID. */
function nameIn(value: unknown): string | null {
  return embeddedGuidIn(value) === null ? textIn(value) : null;
}

/** Returns the id that all candidates share. Returns null when there is none or more than one, because none may be guessed. */
function only(candidates: readonly { readonly id: string }[]): string | null {
  const ids = new Set(candidates.map(({ id }) => id));
  const [id] = ids;
  return ids.size === 1 ? (id ?? null) : null;
}

function noteUnknown(value: unknown, row: Row, id: string | null, shapes: ShapeWatch | undefined): void {
  const unknown = [...row.keys()].filter((name) => !KNOWN.has(name)).toSorted();
  if (row.size === 0) shapes?.unexpected('blocked_connector_row', `a row that is ${typeof value}`);
  else if (unknown.length > 0 || id === null) {
    const without = id === null ? 'no id among' : 'unknown properties:';
    const names = id === null ? [...row.keys()].toSorted() : unknown;
    shapes?.unexpected('blocked_connector_row', `${without} ${names.join(', ')}`);
  }
}
