import assert from 'node:assert/strict';
import { wordsOfExchange } from '../../../../src/microsoft/exchange/error-words.ts';

const INNER =
  'Parameter set cannot be resolved using the specified named parameters. Invalid cmdlet parameters specified. BogusParameter';
const TYPE = 'Microsoft.Exchange.AdminApi.CommandInvocation.AmbiguousParameterSetException';

/** As seen live: rknightion/graph2otel, internal/exoclient/errors_test.go. */
const details = [{ code: 'Client', target: '', message: `|${TYPE}|${INNER}` }];
const innererror = {
  message: 'Invalid Operation',
  type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
  stacktrace: '',
  internalexception: { message: INNER, type: TYPE, stacktrace: '' },
};

function said(status: number, error: object, cmdlet = 'Get-InboundConnector'): string {
  return wordsOfExchange(cmdlet, { status, text: JSON.stringify({ error }) });
}

describe("Exchange's words for a refusal", () => {
  it('are those of the inner exception', () => {
    assert.equal(said(400, { code: 'BadRequest', message: 'Invalid Operation', details, innererror }), INNER);
  });

  it('are those of the first detail, without its type, when there is no inner exception', () => {
    assert.equal(said(400, { code: 'BadRequest', message: 'Invalid Operation', details }), INNER);
    const text = "The operation couldn't be performed because object 'x' couldn't be found on 'y'.";
    const message = `Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|${text}`;
    assert.equal(said(404, { code: 'NotFound', message: 'Invalid Operation', details: [{ message }] }), text);
  });

  it('are the outer message when there is nothing else', () => {
    const message = 'The role assigned to application x is not supported in this scenario.';
    assert.equal(said(400, { code: 'x', message, details: 'odd', innererror: [] }), message);
  });

  it('are the status when the body says nothing', () => {
    assert.equal(wordsOfExchange('Get-InboundConnector', { status: 500, text: '<html>' }), 'HTTP 500');
  });

  it('say which permission is missing at 401', () => {
    const words = said(401, { code: 'Unauthorized', message: 'User is not allowed to call Get-Mailbox' });
    assert.match(
      words,
      /grant it the application permission Exchange\.ManageAsApp .* User is not allowed to call Get-Mailbox$/,
    );
  });

  for (const [cmdlet, role] of [
    ['Remove-BlockedConnector', 'Security Administrator'],
    ['Get-BlockedConnector', 'Security Reader'],
    ['Get-InboundConnector', 'Global Reader'],
    ['Get-MessageTraceV2', 'Exchange Administrator'],
  ] as const) {
    it(`say that ${cmdlet} wants ${role} at a 403 of NUL bytes`, () => {
      const words = wordsOfExchange(cmdlet, { status: 403, text: '\u0000'.repeat(1024) });
      assert.match(
        words,
        /the app lacks the Exchange role .*or the cmdlet is unknown to it: give the app's service principal/,
      );
      assert.match(words, new RegExp(`${cmdlet}.* the Entra role ${role}`));
    });
  }
});
