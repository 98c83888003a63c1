import { isIP } from 'node:net';
import { z } from 'zod';
import { instantOf } from '../http/instant.ts';
import type { ShapeWatch } from '../shapes/watch.ts';

/** Cmdlets that change an inbound connector, as the audit log names them. */
export const CHANGE_OPERATIONS = ['New-InboundConnector', 'Set-InboundConnector', 'Remove-InboundConnector'] as const;

const text = z.string().nullish().catch(null);

/** Office 365 Management Activity API: common schema and Exchange Admin schema, as far as we rely on them. */
const recordSchema = z.looseObject({
  Id: text,
  Operation: z.enum(CHANGE_OPERATIONS),
  CreationTime: text,
  UserId: z.string().min(1),
  ObjectId: text,
  ResultStatus: text,
  ClientIP: text,
  Parameters: z.array(z.unknown()).nullish().catch(null),
});

const changeSchema = z.looseObject({ Operation: z.enum(CHANGE_OPERATIONS), ResultStatus: text });
const parameterSchema = z.object({ Name: z.string(), Value: z.string() });

/** One successful change of an inbound connector. */
export type ConnectorRecord = {
  /** Null where the record has none. */
  readonly id: string | null;
  readonly operation: (typeof CHANGE_OPERATIONS)[number];
  readonly by: string;
  /** Ms since the epoch. */
  readonly at: number;
  /** From where, where the record says so. */
  readonly address?: string | undefined;
  /** Every name the record has for the connector, folded as by `foldName`. */
  readonly subjects: readonly string[];
};

/** Reads an audit record; null when it is of something else, of a failed change, or cannot be read. */
export function connectorRecordIn(record: unknown, shapes?: ShapeWatch | undefined): ConnectorRecord | null {
  const { data: change } = changeSchema.safeParse(record);
  if (change === undefined || /^false$|^fail/i.test(change.ResultStatus ?? '')) return null;
  const { data } = recordSchema.safeParse(record);
  const at = instantOf(data?.CreationTime);
  const subjects = data === undefined ? [] : subjectsOf(data);
  if (at === null || subjects.length === 0)
    shapes?.unexpected('audit_record', `${change.Operation} with ${Object.keys(change).toSorted().join(', ')}`);
  if (data === undefined || at === null) return null;
  const { Id: id = null, Operation: operation, UserId: by } = data;
  return { id, operation, by, at, subjects, ...addressIn(data.ClientIP) };
}

/** Written with a port at times, and IPv6 then in brackets (Office 365 Management Activity API: common schema). */
function addressIn(value: string | null | undefined): { readonly address?: string } {
  const [, inBrackets, v4] = /^(?:\[([\da-f:.]+)\](?::\d+)?|([\d.]+)(?::\d+)?)$/i.exec(value?.trim() ?? '') ?? [];
  const address = inBrackets ?? v4 ?? value?.trim() ?? '';
  return isIP(address) === 0 ? {} : { address };
}

/** How names are compared: whatever the width, the case and the blanks around them. */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/** A cmdlet's Identity is an id, a name or a path with the organization in it; a new or renamed connector also has a Name. */
function subjectsOf({ ObjectId, Parameters }: z.infer<typeof recordSchema>): readonly string[] {
  const parameters = (Parameters ?? []).flatMap((it) => parameterSchema.safeParse(it).data ?? []);
  const named = parameters.filter(({ Name }) => Name === 'Identity' || Name === 'Name').map(({ Value }) => Value);
  const all = [ObjectId ?? '', ...named].flatMap((name) => [name, name.split(/[\\/]/).at(-1) ?? '']);
  return [...new Set(all.map(foldName))].filter((name) => name !== '');
}
