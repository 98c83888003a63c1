import type { UpstreamError } from '../../shared/errors.ts';

/**
 * The mailbox by which Exchange routes an application's requests; the same in every organization (CIPP-API,
 * New-ExoRequest.ps1).
 */
const ANCHOR_MAILBOX = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';
/** Rows per page (seen to be honoured: rknightion/graph2otel). Without it, a reading of many connectors is cut short. */
const MAX_ROWS = 1_000;

/** Creates the headers that working clients send with `InvokeCommand`: CIPP-API, cisagov/ScubaGear, GreyCorbel/ExoHelper. */
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

    /**
     * Returns whether Exchange refused the anchor mailbox (Outlook REST API: ErrorIncorrectRoutingHint). The cmdlet was
     * then not run.
     */
    isAnchorRefused: ({ details: { status, message } }: UpstreamError): boolean =>
      isAnchored && status === 400 && /routing ?hint/i.test(message),

    /** Omits the anchor from all further requests, which Exchange has been seen to accept (rknightion/graph2otel). */
    dropAnchor(): void {
      isAnchored = false;
    },
  };
}

export function anchor(tenantId: string): { readonly 'x-anchormailbox': string } {
  return { 'x-anchormailbox': `APP:${ANCHOR_MAILBOX}@${tenantId}` };
}
