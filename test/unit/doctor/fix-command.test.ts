import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { CHECK_IDS } from '../../../src/doctor/finding.ts';
import { withCommands } from '../../../src/doctor/fix-command.ts';
import { strings } from '../../../src/doctor/locales/strings.ts';
import { table } from '../../../src/doctor/table.ts';

const CLIENT_ID = '5f1e0a52-77aa-4b11-8c3d-9d8e7f6a5b4c';
const bad = CHECK_IDS.map((id) => ({ id, status: 'failed', says: 'Bad.', todo: 'Do it.' }) as const);
const commands = withCommands(bad, { clientId: CLIENT_ID }).flatMap(({ command }) => command ?? []);

describe('the command a finding comes with', () => {
  it('is one of this repository, with its own client id filled in', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));
    for (const command of commands) {
      const script = command.match(/npm run (\S+)/)?.[1];
      if (script !== undefined) assert.ok(Object.hasOwn(scripts, script), command);
      else await readFile(command.match(/\S+\.(sh|ps1)/)?.[0] ?? command);
      assert.doesNotMatch(command, /<client id>/);
    }
    assert.ok(commands.some((command) => command.includes(`-ClientId ${CLIENT_ID}`)));
  });

  it('stands below what to do, in lines that a shell joins again', () => {
    const text = table(withCommands(bad, { clientId: CLIENT_ID }), strings('en-US'), (_, inked) => inked);
    assert.match(
      text,
      /\$ install\/permissions\/permissions\.sh .* \\\n +--\S|\$ install\/permissions\/permissions\.sh/,
    );
    assert.match(text, / `\n/);
    assert.deepEqual(
      text.split('\n').filter((line) => line.length > 100),
      [],
    );
  });

  it('is not there for what is in order, or was skipped', () => {
    const fine = bad.map((finding) => ({ ...finding, status: 'ok', todo: null }) as const);
    const skipped = bad.map((finding) => ({ ...finding, status: 'skipped' }) as const);
    for (const findings of [fine, skipped])
      assert.ok(withCommands(findings, { clientId: CLIENT_ID }).every(({ command }) => command === undefined));
  });
});
