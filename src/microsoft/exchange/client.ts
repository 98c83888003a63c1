import { z } from 'zod';
import type { Reading } from '../../incident/model/observation.ts';
import { type Answer, malformed } from '../http/failures.ts';
import { type Access, createPipeline } from '../http/pipeline.ts';
import { errorTextIn, jsonOf, wordsOfExchange } from './error-words.ts';

export type Parameters = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export type ExchangeClient = {
  /** Runs a cmdlet that only reads, again while Exchange is away for a moment. A next link or a warning makes the reading incomplete. */
  read(cmdlet: string, parameters?: Parameters, signal?: AbortSignal): Promise<Reading<unknown>>;
  /** Runs a cmdlet that changes something: sent once and never again, whatever comes back. */
  change(cmdlet: string, parameters: Parameters, signal?: AbortSignal): Promise<{ readonly requestId: string | null }>;
};

const PUBLIC_SCOPE = 'https://outlook.office365.com/.default';

type ExchangeAccess = Omit<Access, 'scope' | 'clock'> & {
  readonly tenantId: string;
  readonly scope?: string;
  readonly clock?: () => number;
};

/**
 * Exchange Online's admin API (`InvokeCommand`, the back end of Microsoft's PowerShell module; not a documented public
 * API). Every failure is thrown as an UpstreamError whose `effect` says whether Exchange may have acted.
 */
export function createExchangeClient(options: ExchangeAccess): ExchangeClient {
  const { tenantId, scope = PUBLIC_SCOPE, clock = Date.now, ...access } = options;
  const pipeline = createPipeline('exchange', { ...access, scope, clock }, wordsOfExchange);
  const url = new URL(`/adminapi/beta/${tenantId}/InvokeCommand`, access.endpoint).href;

  function invoke(cmdlet: string, parameters: Parameters, repeatable: boolean, signal?: AbortSignal): Promise<Answer> {
    const body = JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } });
    const headers = new Headers({ 'content-type': 'application/json', accept: 'application/json' });
    // What changes something is on record by now: a refusal of our own would be taken for one of Exchange.
    const urgent = repeatable ? undefined : true;
    return pipeline({ operation: cmdlet, url, method: 'POST', headers, body, repeatable, signal, urgent });
  }

  return {
    read: async (cmdlet, parameters = {}, signal) => rowsIn(cmdlet, await invoke(cmdlet, parameters, true, signal)),
    change: async (cmdlet, parameters, signal) => {
      const { requestId } = await invoke(cmdlet, parameters, false, signal);
      return { requestId };
    },
  };
}

const envelopeSchema = z.looseObject({
  value: z.array(z.unknown()).nullish(),
  '@odata.context': z.string().optional(),
  '@odata.nextLink': z.unknown().optional(),
  '@adminapi.warnings': z.array(z.unknown()).nullish(),
});

/** `value` may be missing from an empty result; but something that is not Exchange's envelope must not pass for one. */
function rowsIn(cmdlet: string, answer: Answer): Reading<unknown> {
  const envelope = envelopeSchema.safeParse(jsonOf(answer.text));
  if (!envelope.success || !('value' in envelope.data || '@odata.context' in envelope.data)) {
    const call = { service: 'exchange', operation: cmdlet, repeatable: true } as const;
    throw malformed(call, answer, errorTextIn(answer.text) ?? 'the answer is not a result of a cmdlet');
  }
  const { value, '@odata.nextLink': next, '@adminapi.warnings': warnings } = envelope.data;
  const why = [...(warnings ?? []).map(String), ...(next ? ['Exchange has more rows than it sent'] : [])];
  return {
    items: value ?? [],
    complete: why.length === 0,
    why: why.length === 0 ? null : `${cmdlet}: ${why.join(' ')}`,
  };
}
