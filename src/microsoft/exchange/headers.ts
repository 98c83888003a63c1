import type { UpstreamError } from '../../shared/errors.ts';

/** The mailbox that Exchange routes an application by; the same in every organization (CIPP-API, New-ExoRequest.ps1). */
const ANCHOR_MAILBOX = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';
/** Rows on one page (seen to be honoured: rknightion/graph2otel); without it a reading of many connectors is cut short. */
const MAX_ROWS = 1_000;

/** The headers that working clients send with `InvokeCommand`: CIPP-API, cisagov/ScubaGear, GreyCorbel/ExoHelper. */
export function createHeaders(tenantId: string) {
  let isAnchored = true;
  return {
    forCmdlet(cmdlet: string): Headers {
      return new Headers({
        'content-type': 'application/json',
        accept: 'application/json',
        'x-responseformat': 'json',
        'x-cmdletname': cmdlet,
        prefer: `odata.maxpagesize=${MAX_ROWS}`,
        ...(isAnchored ? anchor(tenantId) : {}),
      });
    },

    /** Whether Exchange does not take the anchor (Outlook REST API: ErrorIncorrectRoutingHint); then nothing was carried out. */
    isAnchorRefused: ({ details: { status, message } }: UpstreamError): boolean =>
      isAnchored && status === 400 && /routing ?hint/i.test(message),

    /** From now on Exchange finds its way without one, which has been seen to work (rknightion/graph2otel). */
    dropAnchor(): void {
      isAnchored = false;
    },
  };
}

export function anchor(tenantId: string): { readonly 'x-anchormailbox': string } {
  return { 'x-anchormailbox': `APP:${ANCHOR_MAILBOX}@${tenantId}` };
}
