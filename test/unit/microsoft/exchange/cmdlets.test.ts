import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import list from '../../../../src/microsoft/exchange/cmdlets.json' with { type: 'json' };
import { GRANTS } from '../../../../src/microsoft/exchange/cmdlets.ts';

const SCRIPT = new URL('../../../../src/microsoft/exchange/powershell/invoke-cmdlet.ps1', import.meta.url);

describe('the cmdlets this service runs', () => {
  it('are listed in one file, which the PowerShell script reads before it runs anything', async () => {
    const script = await readFile(SCRIPT, 'utf8');
    const [, path = ''] = /Join-Path \$PSScriptRoot '([^']+)'/.exec(script) ?? [];
    const read: unknown = JSON.parse(await readFile(new URL(path, SCRIPT), 'utf8'));
    assert.deepEqual(read, list);
    const refusal = script.indexOf("if ($asked.cmdlet -notin $allowed) { throw 'not a cmdlet of this script' }");
    assert.ok(refusal > script.indexOf('$allowed = @($cmdlets.reads.Keys) + @($cmdlets.changes.Keys)'));
    assert.ok(refusal < script.indexOf('Connect-ExchangeOnline') && refusal < script.indexOf('& $asked.cmdlet'));
    for (const name of Object.keys(GRANTS)) assert.ok(!script.includes(name), `${name} is written in the script`);
  });

  it('include only one that changes anything', () => {
    assert.deepEqual(Object.keys(list.changes), ['Remove-BlockedConnector']);
    for (const name of Object.keys(list.reads)) assert.match(name, /^(Get|Search)-/);
  });
});
