import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the runbook', () => {
  for (const page of ['docs/runbook.md', 'docs/ja/runbook.md'])
    it(`says what to do about every alert: ${page}`, async () => {
      const ofPrometheus = [...(await read('install/observability/alerts.yaml')).matchAll(/- alert: (\w+)/g)];
      const ofAzure = [
        ...(await read('install/azure/main.bicep')).matchAll(/^ {4}name: '([a-z-]+)'\n {4}description/gm),
      ];
      const named = [...ofPrometheus, ...ofAzure].map(([, name]) => name);
      assert.ok(ofPrometheus.length >= 9 && ofAzure.length >= 7, named.join());
      const rows = (await read(page)).split('\n').filter((line) => line.startsWith('| '));
      assert.deepEqual(
        named.filter((name) => !rows.some((row) => row.split(' | ')[0]?.includes(`\`${name}\``))),
        [],
      );
    });
});
