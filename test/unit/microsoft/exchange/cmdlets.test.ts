import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { CMDLETS } from '../../../../src/microsoft/exchange/cmdlets.ts';

const SCRIPT = new URL('../../../../src/microsoft/exchange/powershell/invoke-cmdlet.ps1', import.meta.url);

describe('the cmdlets this service runs', () => {
  it('are those that the PowerShell script allows, no more and no fewer', async () => {
    const script = await readFile(SCRIPT, 'utf8');
    const [, listed = ''] = /\$allowed = @\(\n([^)]*)\)/.exec(script) ?? [];
    const expected = Object.keys(CMDLETS).map((name) => `    '${name}'\n`);
    assert.equal(listed, expected.join(''));
    assert.match(script, /if \(\$asked\.cmdlet -notin \$allowed\) \{ throw/);
  });
});
