import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { childEnv } from '../run/child-env.ts';

/** Prints the packages that a process has loaded once it has run this code. */
const loadedBy = (code: string) => {
  const print = `import module from 'node:module';
    ${code}
    const packages = Object.keys(module._cache).map((file) => file.match(/.*node_modules\\/((@[^/]+\\/)?[^/]+)/)?.[1]);
    process.stdout.write(JSON.stringify([...new Set(packages)]));`;
  const options = { env: childEnv(), encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', print], options);
  assert.notEqual(stdout, '', stderr);
  return stdout;
};

describe('the router of teams-ai', () => {
  it('is loaded without the dialogs that sign people in and their recognizers of speech', () => {
    const recognizers = /@microsoft\/recognizers-text-suite/;
    const load =
      "const { createApplication } = await import('./src/teams/turns/application.ts'); createApplication({});";
    const loaded = loadedBy(load);
    assert.match(loaded, /@microsoft\/teams-ai/);
    assert.doesNotMatch(loaded, recognizers);
    assert.match(loadedBy("await import('@microsoft/teams-ai/lib/Application.js');"), recognizers);
  });
});
