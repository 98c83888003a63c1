import { type Call, refusal } from '../../microsoft/http/failures.ts';
import { reported } from '../../microsoft/http/pipeline.ts';
import { boundedBy, send } from '../../microsoft/http/send.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Runtime } from '../../shared/runtime.ts';

type Options = Pick<Runtime, 'clock' | 'fetch' | 'log'> & {
  /** Where files may be sent: SharePoint's domain, or a loopback host; null for nowhere. */
  readonly fileDomain: string | null;
  readonly timeoutMs?: number;
};

/** Sends a whole file to the address that Teams gave for it. Throws an UpstreamError of `sharepoint`. */
export type UploadFile = (address: string, content: string) => Promise<void>;

const TIMEOUT_MS = 30_000;
/** Anyone who has the address can write the file, so no message contains it. */
const CALL: Call = { service: 'sharepoint', operation: 'PUT {upload session}', repeatable: false };

/**
 * Uploads in one piece, without a token and without following redirects (Teams: Send and receive files using a bot; Microsoft
 * Graph: upload large files). Nothing is sent outside `fileDomain`.
 */
export function createUploadFile({ fetch, clock, log, fileDomain, timeoutMs = TIMEOUT_MS }: Options): UploadFile {
  const put = async (url: string, body: string) => {
    const size = Buffer.byteLength(body);
    const headers = new Headers({ 'content-type': 'text/html; charset=utf-8' });
    headers.set('content-range', `bytes 0-${size - 1}/${size}`);
    const response = await send(fetch, CALL, { url, method: 'PUT', headers, body }, boundedBy(timeoutMs));
    if (response.status === 200 || response.status === 201) return response;
    throw refusal(CALL, response, `SharePoint answered ${response.status}`, clock());
  };
  return async (address, content) => {
    if (!isUploadAddress(address, fileDomain)) throw elsewhere();
    await reported({ log, clock }, CALL, () => put(address, content));
  };
}

/** Whether files may be sent to an address. The address comes with an activity, so it is compared with the known domain. */
export function isUploadAddress(address: string, fileDomain: string | null): boolean {
  if (fileDomain === null || !URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (protocol === 'http:') return hostname === fileDomain && LOOPBACK.has(hostname);
  return protocol === 'https:' && port === '' && hostname.endsWith(`.${fileDomain}`);
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

function elsewhere(): UpstreamError {
  const message = 'the address to upload to is not one of SharePoint in this cloud';
  return new UpstreamError({ ...CALL, failure: 'rejected', message, effect: 'none' });
}
