import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { z } from 'zod';
import { appPackage } from '../../../teamsapp/app-package.ts';
import { checkedTranslation, manifestSchema } from '../../../teamsapp/manifest-rules.ts';
import { childEnv } from '../../run/child-env.ts';

const CLIENT_ID = '5a0c7701-3d1e-0b42-c0de-6f21d3e4a5aa';

describe('the Teams app', () => {
  let files: Readonly<Record<string, Uint8Array>>;
  before(async () => {
    files = unzipSync(await appPackage(CLIENT_ID));
  });
  const text = (name: string) => new TextDecoder().decode(files[name]);

  it('is a zip of the manifest, its translation and two icons, and nothing else', () => {
    assert.deepEqual(Object.keys(files).sort(), ['color.png', 'ja.json', 'manifest.json', 'outline.png']);
  });

  it('has every placeholder filled in', () => {
    assert.doesNotMatch(text('manifest.json'), /\$\{\{/);
    assert.ok(text('manifest.json').includes(CLIENT_ID));
  });

  it('has icons of the sizes that Teams requires', () => {
    const size = (name: string) => {
      const bytes = files[name];
      assert.ok(bytes);
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      return [view.getUint32(16), view.getUint32(20)];
    };
    assert.deepEqual(size('color.png'), [192, 192]);
    assert.deepEqual(size('outline.png'), [32, 32]);
  });

  it('has every command in Japanese, within the lengths Teams takes', () => {
    const manifest = z
      .looseObject({
        bots: z.array(z.looseObject({ commandLists: z.array(z.looseObject({ commands: z.array(z.unknown()) })) })),
      })
      .parse(JSON.parse(text('manifest.json')));
    const japanese = z.record(z.string(), z.string()).parse(JSON.parse(text('ja.json')));
    for (const [list, { commands }] of (manifest.bots[0]?.commandLists ?? []).entries()) {
      for (const command of commands.keys()) {
        const key = `bots[0].commandLists[${list}].commands[${command}]`;
        assert.ok((japanese[`${key}.title`] ?? '').length > 0 && (japanese[`${key}.title`] ?? '').length <= 32, key);
        assert.ok((japanese[`${key}.description`] ?? '').length > 0, key);
      }
    }
    assert.ok((japanese['description.short'] ?? '').length <= 80);
  });

  it('is not packed when the translation has one text more, fewer, or too long', () => {
    const manifest = manifestSchema.parse(JSON.parse(text('manifest.json')));
    const japanese = z.record(z.string(), z.string()).parse(JSON.parse(text('ja.json')));
    checkedTranslation(japanese, manifest);
    const { 'name.full': _, ...fewer } = japanese;
    const more = { ...japanese, 'bots[0].commandLists[0].commands[9].title': 'x' };
    const long = { ...japanese, 'description.short': '長'.repeat(81) };
    for (const wrong of [fewer, more, long]) assert.throws(() => checkedTranslation(wrong, manifest));
  });

  it('names what is missing when there is no client id', () => {
    const script = fileURLToPath(new URL('../../../teamsapp/package.ts', import.meta.url));
    const run = spawnSync(process.execPath, [script], { env: childEnv(), encoding: 'utf8' });
    assert.equal(run.status, 1);
    assert.match(run.stderr, /CLIENT_ID is missing.*--client-id/);
  });
});
