import assert from 'node:assert/strict';
import { explainExchange } from '../../../../src/microsoft/exchange/error-message.ts';

const INNER =
  'Parameter set cannot be resolved using the specified named parameters. Invalid cmdlet parameters specified. BogusParameter';
const TYPE = 'Microsoft.Exchange.AdminApi.CommandInvocation.AmbiguousParameterSetException';

/** As captured from a live service: rknightion/graph2otel, internal/exoclient/errors_test.go. */
const details = [{ code: 'Client', target: '', message: `|${TYPE}|${INNER}` }];
const innererror = {
  message: 'Invalid Operation',
  type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
  stacktrace: '',
  internalexception: { message: INNER, type: TYPE, stacktrace: '' },
};

function said(status: number, error: object, cmdlet = 'Get-InboundConnector'): string {
  return explain(status, JSON.stringify({ error }), cmdlet).message;
}

const explain = (status: number, text: string, cmdlet = 'Get-InboundConnector', headers = new Headers()) =>
  explainExchange(cmdlet, { status, text, headers });

describe("Exchange's error message", () => {
  it('is that of the inner exception', () => {
    assert.equal(said(400, { code: 'BadRequest', message: 'Invalid Operation', details, innererror }), INNER);
  });

  it('is that of the first detail, without its type, when there is no inner exception', () => {
    assert.equal(said(400, { code: 'BadRequest', message: 'Invalid Operation', details }), INNER);
    const text = "The operation couldn't be performed because object 'x' couldn't be found on 'y'.";
    const message = `Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|${text}`;
    assert.equal(said(404, { code: 'NotFound', message: 'Invalid Operation', details: [{ message }] }), text);
  });

  it('is the outer message when there is no other', () => {
    const message = 'The role assigned to application x is not supported in this scenario.';
    assert.equal(said(400, { code: 'x', message, details: 'odd', innererror: [] }), message);
  });

  it('is the status when the body has no message', () => {
    assert.equal(explain(500, '<html>').message, 'HTTP 500');
  });

  it('names the missing permission at 401', () => {
    const message = said(401, { code: 'Unauthorized', message: 'User is not allowed to call Get-Mailbox' });
    assert.match(
      message,
      /grant it the application permission Exchange\.ManageAsApp .* User is not allowed to call Get-Mailbox$/,
    );
  });

  for (const [cmdlet, role] of [
    ['Remove-BlockedConnector', 'the Entra role Security Administrator'],
    ['Get-BlockedConnector', 'the Entra role Security Reader'],
    ['Get-InboundConnector', 'the Entra role Global Reader'],
    ['Search-UnifiedAuditLog', 'the Exchange role View-Only Audit Logs'],
  ] as const) {
    it(`names ${role} as missing for ${cmdlet} at a 403 of NUL bytes`, () => {
      const { message } = explain(403, '\u0000'.repeat(1024), cmdlet);
      assert.match(
        message,
        /the app lacks the Exchange role .*or the cmdlet is unknown to it: give the app's service principal/,
      );
      assert.match(message, new RegExp(`${cmdlet}.* give the app's service principal ${role}`));
    });
  }

  const CROWDED = 'You have reached the maximum number of concurrent requests per tenant. Please wait and try again';

  for (const status of [400, 403, 429, 500]) {
    it(`reports throttling without effect for a plain text with ${status}`, () => {
      assert.deepEqual(explain(status, CROWDED), {
        message: CROWDED,
        instead: { failure: 'throttled', effect: 'none' },
      });
    });
  }

  it('reports a transient failure with an unknown effect for a transient message', () => {
    const text = 'A server side error has occurred. The issue may be transient.';
    assert.deepEqual(explain(400, text).instead, { failure: 'unavailable', effect: 'as_lost' });
  });

  it('reports a transient failure for a transient exception type, and names the type', () => {
    const headers = new Headers({ 'x-exceptiontype': 'UnableToWriteToAadException' });
    assert.deepEqual(explain(403, '', 'Remove-BlockedConnector', headers), {
      message: '(UnableToWriteToAadException)',
      instead: { failure: 'unavailable', effect: 'as_lost' },
    });
  });

  it('is at most 200 characters of a plain text, and never an HTML page', () => {
    assert.equal(explain(400, `Not now.\r\n${'x'.repeat(300)}`).message.length, 200);
    assert.equal(explain(502, '<html><h1>Bad Gateway</h1></html>').message, 'HTTP 502');
  });
});
