import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { syntaxErrors } from '../../../../install/syntax-errors.ts';

const FOLDER = fileURLToPath(new URL('../../../../../src/microsoft/exchange/powershell/', import.meta.url));

describe('the PowerShell scripts', () => {
  let errorsIn: Awaited<ReturnType<typeof syntaxErrors>>;
  before(async () => {
    errorsIn = await syntaxErrors('powershell');
  });

  it('parse as PowerShell', async () => {
    const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.ps1')).toSorted();
    assert.deepEqual(files, ['invoke-cmdlet.ps1', 'read-versions.ps1']);
    for (const file of files) assert.deepEqual(errorsIn(await readFile(`${FOLDER}${file}`, 'utf8')), [], file);
  });

  it('fail the check when they do not parse', () => {
    assert.notDeepEqual(errorsIn('try { Get-Date '), []);
    assert.notDeepEqual(errorsIn('$a = @( 1, 2'), []);
  });
});
