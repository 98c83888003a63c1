import { isIP } from 'node:net';
import { z } from 'zod';
import { foldName } from '../../incident/model/connector-change.ts';
import { instantOf } from '../http/instant.ts';
import type { ShapeWatch } from '../shapes/watch.ts';

/** Cmdlets that change an inbound connector, as the audit log names them. */
export const CHANGE_OPERATIONS = ['New-InboundConnector', 'Set-InboundConnector', 'Remove-InboundConnector'] as const;

const text = z.string().nullish().catch(null);

/** The fields of the Office 365 Management Activity API's common schema and Exchange Admin schema that this service relies on. */
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
  /** Null when the record has no id. */
  readonly id: string | null;
  readonly operation: (typeof CHANGE_OPERATIONS)[number];
  readonly by: string;
  /** Ms since the epoch. */
  readonly at: number;
  /** The client's IP address, when the record has one. */
  readonly address?: string | undefined;
  /** Every name by which the record refers to the connector, folded as by `foldName`. */
  readonly subjects: readonly string[];
};

/** Whether an audit record is about a successful change of an inbound connector, even if the rest of it cannot be parsed. */
export function isConnectorChange(record: unknown): boolean {
  const { data: change } = changeSchema.safeParse(record);
  return change !== undefined && !/^false$|^fail/i.test(change.ResultStatus ?? '');
}

/** Parses an audit record. Returns null when it is about something else, is about a failed change, or cannot be parsed. */
export function connectorRecordIn(record: unknown, shapes?: ShapeWatch | undefined): ConnectorRecord | null {
  const { data: change } = changeSchema.safeParse(record);
  if (change === undefined || !isConnectorChange(record)) return null;
  const { data } = recordSchema.safeParse(record);
  const at = instantOf(data?.CreationTime);
  const subjects = data === undefined ? [] : subjectsOf(data);
  if (at === null || subjects.length === 0)
    shapes?.unexpected('audit_record', `${change.Operation} with ${Object.keys(change).toSorted().join(', ')}`);
  if (data === undefined || at === null) return null;
  const { Id: id = null, Operation: operation, UserId: by } = data;
  return { id, operation, by, at, subjects, ...addressIn(data.ClientIP) };
}

/**
 * The address may have a port, and an IPv6 address with a port is in brackets (Office 365 Management Activity API: common
 * schema).
 */
function addressIn(value: string | null | undefined): { readonly address?: string } {
  const [, inBrackets, v4] = /^(?:\[([\da-f:.]+)\](?::\d+)?|([\d.]+)(?::\d+)?)$/i.exec(value?.trim() ?? '') ?? [];
  const address = inBrackets ?? v4 ?? value?.trim() ?? '';
  return isIP(address) === 0 ? {} : { address };
}

/** A cmdlet's Identity is an id, a name, or a path that contains the organization. A new or renamed connector also has a Name. */
function subjectsOf({ ObjectId, Parameters }: z.infer<typeof recordSchema>): readonly string[] {
  const parameters = (Parameters ?? []).flatMap((it) => parameterSchema.safeParse(it).data ?? []);
  const named = parameters.filter(({ Name }) => Name === 'Identity' || Name === 'Name').map(({ Value }) => Value);
  const all = [ObjectId ?? '', ...named].flatMap((name) => [name, name.split(/[\\/]/).at(-1) ?? '']);
  return [...new Set(all.map(foldName))].filter((name) => name !== '');
}
