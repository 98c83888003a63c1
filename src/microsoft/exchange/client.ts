import { z } from 'zod';
import type { Reading } from '../../incident/model/observation.ts';
import { UpstreamError } from '../../shared/errors.ts';
import { jsonIn } from '../../shared/json.ts';
import { malformed, type UpstreamResponse } from '../http/failures.ts';
import { type Access, createPipeline } from '../http/pipeline.ts';
import { tenantRoute } from '../http/redirect.ts';
import type { ShapeWatch } from '../shapes/watch.ts';
import type { ChangingCmdlet, ReadingCmdlet } from './cmdlets.ts';
import { errorTextIn, explainExchange } from './error-message.ts';
import { createHeaders } from './headers.ts';
import { readingOf } from './reading.ts';

export type Parameters = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export type ExchangeClient = {
  /**
   * Runs a cmdlet that only reads, and retries transient failures. A next link, or a warning about missing rows, makes the
   * reading incomplete.
   */
  read(cmdlet: ReadingCmdlet, parameters?: Parameters, signal?: AbortSignal): Promise<Reading<unknown>>;
  /** Runs a cmdlet that changes something. It is sent once and never retried. */
  change(
    cmdlet: ChangingCmdlet,
    parameters: Parameters,
    signal?: AbortSignal,
  ): Promise<{ readonly requestId: string | null }>;
};

const PUBLIC_SCOPE = 'https://outlook.office365.com/.default';

type ExchangeAccess = Omit<Access, 'scope' | 'clock' | 'route'> & {
  readonly tenantId: string;
  readonly scope?: string;
  readonly clock?: () => number;
  readonly shapes?: ShapeWatch | undefined;
};

/**
 * Creates a client of Exchange Online's admin API (`InvokeCommand`, the back end of Microsoft's PowerShell module; not a
 * documented public API). Throws an UpstreamError for every failure; its `effect` says whether Exchange may have acted.
 */
export function createExchangeClient(options: ExchangeAccess): ExchangeClient {
  const { tenantId, scope = PUBLIC_SCOPE, clock = Date.now, shapes, ...access } = options;
  const route = tenantRoute(access.endpoint);
  const pipeline = createPipeline('exchange', { ...access, scope, clock, route }, (cmdlet, response) => {
    const explanation = explainExchange(cmdlet, response);
    if (explanation.instead?.failure === 'throttled' && response.status !== 429)
      shapes?.unexpected('exchange_busy', `HTTP ${response.status}: ${explanation.message}`, cmdlet);
    return explanation;
  });
  const url = new URL(`/adminapi/beta/${tenantId}/InvokeCommand`, access.endpoint).href;
  const headers = createHeaders(tenantId);

  function invoke(
    cmdlet: string,
    parameters: Parameters,
    repeatable: boolean,
    signal?: AbortSignal,
  ): Promise<UpstreamResponse> {
    const body = JSON.stringify({ CmdletInput: { CmdletName: cmdlet, Parameters: parameters } });
    const request = { operation: cmdlet, url, method: 'POST', body, repeatable, signal };
    return pipeline({ ...request, headers: headers.forCmdlet(cmdlet) });
  }

  async function read(cmdlet: string, parameters: Parameters, signal?: AbortSignal): Promise<UpstreamResponse> {
    try {
      return await invoke(cmdlet, parameters, true, signal);
    } catch (error) {
      if (!(error instanceof UpstreamError) || !headers.isAnchorRefused(error)) throw error;
      shapes?.unexpected('anchor', error.details.message);
      headers.dropAnchor();
      return invoke(cmdlet, parameters, true, signal);
    }
  }

  return {
    read: async (cmdlet, parameters = {}, signal) => rowsIn(cmdlet, await read(cmdlet, parameters, signal), shapes),
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
  error: z.null().optional(),
});

/**
 * Parses a cmdlet's response. An empty result may omit `value`, but a response with an error, or that is not Exchange's
 * envelope, is `malformed`.
 */
function rowsIn(cmdlet: string, response: UpstreamResponse, shapes: ShapeWatch | undefined): Reading<unknown> {
  const envelope = envelopeSchema.safeParse(jsonIn(response.text));
  if (!envelope.success || !('value' in envelope.data || '@odata.context' in envelope.data)) {
    const call = { service: 'exchange', operation: cmdlet, repeatable: true } as const;
    throw malformed(call, response, errorTextIn(response.text) ?? 'the response is not a result of a cmdlet');
  }
  const { value, '@odata.nextLink': next, '@adminapi.warnings': warnings } = envelope.data;
  const output = { rows: value ?? [], warnings: (warnings ?? []).map(String), hasNext: Boolean(next) };
  return readingOf(cmdlet, output, shapes);
}
