import { isIP } from 'node:net';
import { z } from 'zod';
import type { ConfigurationEdit } from '../../incident/model/approval.ts';
import type { ExchangeClient } from '../exchange/client.ts';
import { instantOf } from '../http/instant.ts';

/** Who changed a connector, by any of its names, within a time (ms since the epoch); oldest first. Throws UpstreamErrors. */
export type ListConnectorEdits = (question: {
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
}) => Promise<readonly ConfigurationEdit[]>;

const OPERATIONS = ['New-InboundConnector', 'Set-InboundConnector', 'Remove-InboundConnector'];
const DEADLINE_MS = 30_000;
const MAX_ROWS = 500;

const text = z.string().nullish().catch(null);

/** Office 365 Management Activity API: common schema and Exchange Admin schema, as far as we rely on them. */
const recordSchema = z.looseObject({
  Operation: z.string(),
  CreationTime: z.string(),
  UserId: z.string().min(1),
  ObjectId: text,
  ResultStatus: text,
  ClientIP: text,
  Parameters: z
    .array(z.looseObject({ Name: z.string(), Value: text }))
    .nullish()
    .catch(null),
});

type AuditRecord = z.infer<typeof recordSchema>;

/** A row holds its record as JSON in a string (Exchange PowerShell: Search-UnifiedAuditLog). */
const rowSchema = z.looseObject({ AuditData: z.string() });

/**
 * Reads Microsoft's unified audit log. The log is not asked for one object: how it names a connector is not documented,
 * so every spelling is compared here. A record that makes no sense is left out.
 */
export function createConnectorEdits(client: Pick<ExchangeClient, 'read'>): ListConnectorEdits {
  return async ({ names, from, to }) => {
    const parameters = {
      StartDate: new Date(from).toISOString(),
      EndDate: new Date(to).toISOString(),
      Operations: OPERATIONS,
      ResultSize: MAX_ROWS,
    };
    const { items } = await client.read('Search-UnifiedAuditLog', parameters, AbortSignal.timeout(DEADLINE_MS));
    const wanted = new Set(names.map(folded));
    return items
      .map(recordIn)
      .filter((record) => record !== null)
      .filter((record) => succeeded(record) && namesOf(record).some((name) => wanted.has(name)))
      .flatMap(editOf)
      .toSorted((a, b) => a.at - b.at);
  };
}

function recordIn(row: unknown): AuditRecord | null {
  const read = rowSchema.safeParse(row);
  if (!read.success) return null;
  const record = recordSchema.safeParse(jsonIn(read.data.AuditData));
  return record.success ? record.data : null;
}

function succeeded({ Operation, ResultStatus }: AuditRecord): boolean {
  return OPERATIONS.includes(Operation) && ResultStatus?.toLowerCase() !== 'false' && ResultStatus !== 'Failed';
}

/** The object as the record names it, without the organization before it, and the identity the cmdlet was given. */
function namesOf({ ObjectId, Parameters }: AuditRecord): readonly string[] {
  const given = (Parameters ?? [])
    .filter(({ Name }) => Name === 'Identity' || Name === 'Name')
    .map(({ Value }) => Value);
  return [ObjectId, ...given].flatMap((name) => {
    if (name === null || name === undefined) return [];
    return [folded(name), folded(name.slice(name.lastIndexOf('\\') + 1))];
  });
}

function editOf({
  UserId: by,
  Operation: operation,
  CreationTime,
  ClientIP,
}: AuditRecord): readonly ConfigurationEdit[] {
  const at = instantOf(CreationTime);
  return at === null ? [] : [{ by, at, operation, ...addressIn(ClientIP) }];
}

/** Written with a port at times, and IPv6 then in brackets (Office 365 Management Activity API: common schema). */
function addressIn(text: string | null | undefined): { readonly address?: string } {
  const [, inBrackets, v4] = /^(?:\[([\da-f:.]+)\](?::\d+)?|([\d.]+)(?::\d+)?)$/i.exec(text?.trim() ?? '') ?? [];
  const address = inBrackets ?? v4 ?? text?.trim() ?? '';
  return isIP(address) === 0 ? {} : { address };
}

function folded(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function jsonIn(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
