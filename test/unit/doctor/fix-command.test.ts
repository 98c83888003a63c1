import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { CHECK_IDS } from '../../../src/doctor/finding.ts';
import { withCommands } from '../../../src/doctor/fix-command.ts';
import { strings } from '../../../src/doctor/locales/strings.ts';
import { table } from '../../../src/doctor/table.ts';

const CLIENT_ID = '5f1e0a52-77aa-4b11-8c3d-9d8e7f6a5b4c';
const IDENTITY = { clientId: CLIENT_ID, credential: { kind: 'managed_identity' } } as const;
const bad = CHECK_IDS.map((id) => ({ id, status: 'failed', says: 'Bad.', todo: 'Do it.' }) as const);
const commands = withCommands(bad, IDENTITY).flatMap(({ command }) => command ?? []);

describe('what to do about a missing permission', () => {
  for (const locale of ['en-US', 'ja-JP'] as const)
    it(`sends a managed identity to the script, and an application to Entra: ${locale}`, () => {
      const { permission, approverRoles } = strings(locale);
      for (const todo of [permission.missing, permission.readOnly, approverRoles.forbidden]) {
        const of = (kind: 'managed_identity' | 'certificate' | 'federated') => todo('User.Read.All', kind).todo ?? '';
        assert.match(of('managed_identity'), /permissions\.sh/);
        for (const kind of ['certificate', 'federated'] as const) {
          assert.match(of(kind), /Application permissions|アプリケーションの許可/);
          assert.doesNotMatch(of(kind), /permissions\.sh/);
        }
      }
    });
});

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
    const text = table(withCommands(bad, IDENTITY), strings('en-US'), (_, inked) => inked);
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

  it('never grants permissions to a managed identity in place of an application', () => {
    for (const kind of ['certificate', 'secret', 'federated'] as const) {
      const credential = { kind, path: '/key.pem', secret: 'x', identityClientId: CLIENT_ID, scope: 'x' } as const;
      const given = withCommands(bad, { clientId: CLIENT_ID, credential }).map(({ command = '' }) => command);
      assert.ok(!given.some((command) => command.includes('permissions.sh')), kind);
      assert.ok(given.some((command) => command.includes('exchange.ps1')));
    }
  });

  it('is not about permissions where Entra issues no token', () => {
    const identity = withCommands(bad, IDENTITY).filter(({ id }) => id === 'identity' || id.endsWith('_token'));
    assert.deepEqual(
      identity.map(({ id, command }) => [id, command]),
      ['identity', 'graph_token', 'exchange_token', 'teams_token'].map((id) => [id, undefined]),
    );
  });

  it('is not there for what is in order, or was skipped', () => {
    const fine = bad.map((finding) => ({ ...finding, status: 'ok', todo: null }) as const);
    const skipped = bad.map((finding) => ({ ...finding, status: 'skipped' }) as const);
    for (const findings of [fine, skipped])
      assert.ok(withCommands(findings, IDENTITY).every(({ command }) => command === undefined));
  });
});
