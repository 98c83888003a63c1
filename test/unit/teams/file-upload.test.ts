import assert from 'node:assert/strict';
import { UpstreamError } from '../../../src/shared/errors.ts';
import { createUploadFile, isUploadAddress } from '../../../src/teams/transport/file-upload.ts';
import { captureLog } from '../http/captured-log.ts';

describe('an upload to SharePoint', () => {
  it('goes to hosts below its domain over https, and nowhere else', () => {
    const goes = (address: string) => isUploadAddress(address, 'sharepoint.com');
    assert.ok(goes('https://contoso-my.sharepoint.com/personal/a/_api/v2.0/drive/items/1/uploadSession?guid=1'));
    for (const address of [
      'http://contoso.sharepoint.com/uploadSession',
      'https://sharepoint.com/uploadSession',
      'https://contoso.sharepoint.com.attacker.example/',
      'https://attackersharepoint.com/',
      'https://contoso.sharepoint.com@attacker.example/',
      'https://user:secret@contoso.sharepoint.com/',
      'https://contoso.sharepoint.com:8443/',
      'https://169.254.169.254/metadata',
      'http://127.0.0.1/',
      'file:///etc/passwd',
      'nonsense',
    ])
      assert.equal(goes(address), false, address);
    assert.equal(isUploadAddress('https://contoso.sharepoint.com/', null), false);
    assert.ok(isUploadAddress('http://127.0.0.1:8080/uploadSession', '127.0.0.1'));
    assert.equal(isUploadAddress('http://intranet/uploadSession', 'intranet'), false);
  });

  it('sends the whole page with its range in bytes, without a token, and follows no redirect', async () => {
    const sent: { url: string; init: RequestInit | undefined }[] = [];
    const { log, lines } = captureLog();
    const upload = createUploadFile({
      async fetch(url, init) {
        sent.push({ url: String(url), init });
        return new Response(null, { status: 302, headers: { location: 'https://attacker.example/' } });
      },
      clock: Date.now,
      log,
      fileDomain: 'sharepoint.com',
    });
    const address = 'https://contoso.sharepoint.com/uploadSession?guid=secret-of-the-session';
    await assert.rejects(upload(address, '制限'), (error: unknown) => {
      return error instanceof UpstreamError && error.details.status === 302 && error.details.service === 'sharepoint';
    });
    const [{ init } = { init: undefined }, ...more] = sent;
    const headers = new Headers(init?.headers);
    assert.deepEqual([headers.get('content-range'), headers.get('authorization')], ['bytes 0-5/6', null]);
    assert.deepEqual([init?.method, init?.redirect, more.length], ['PUT', 'manual', 0]);
    assert.doesNotMatch(JSON.stringify(lines), /secret-of-the-session/);
  });
});
