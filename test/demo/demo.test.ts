import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../tenant/until.ts';
import { endChild, tieToThisProcess } from './child.ts';
import { createTelling } from './narration.ts';
import { wordsOf } from './words.ts';

const DEMO = fileURLToPath(new URL('./main.ts', import.meta.url));

describe('the demo', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  let output: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
    output = '';
  });
  afterEach(async () => {
    if (child !== undefined) await endChild(child);
    await rm(folder, { recursive: true, force: true });
  });

  const start = (...options: readonly string[]) => {
    const demo = spawn(process.execPath, [DEMO, ...options], { env: { ...process.env, TMPDIR: folder } });
    child = demo;
    tieToThisProcess(demo);
    demo.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    demo.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    return { demo, exited: once(demo, 'exit') };
  };
  const says = (text: string) =>
    until(() => output.includes(text), { what: text, timeoutMs: 90_000 }).catch((error: unknown) => {
      throw new Error(`${wordsOf(error)}, but:\n${output}`);
    });

  it('runs the whole story, and every step succeeds', async () => {
    const [code] = await start('--play').exited;
    assert.match(output, /Every step held\.\n$/);
    assert.equal(code, 0);
    assert.deepEqual(await readdir(folder), []);
  });

  it('opens a window for each of two admins, acts on keys, and leaves nothing behind', async () => {
    const { demo, exited } = start();
    await says('The card says: Restricted');
    assert.equal(output.match(/http:\/\/localhost:\d+/g)?.length, 2);
    demo.stdin.write('c\np\n');
    await says('Nothing waits for a confirmation');
    await says('The card says: Unblocked');
    demo.stdin.write('q\n');
    assert.deepEqual(await exited, [0, null]);
    assert.deepEqual(await readdir(folder), []);
  });

  it('stops cleanly on SIGTERM', async () => {
    const { demo, exited } = start();
    await says('The card says: Restricted');
    demo.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null]);
    assert.deepEqual(await readdir(folder), []);
  });

  it('prints its help for an unknown option', async () => {
    const [code] = await start('--fast').exited;
    assert.match(output, /npm run demo -- --play/);
    assert.equal(code, 2);
  });

  it('reports what failed, and continues with the next chapter', async () => {
    const lines: string[] = [];
    const telling = createTelling((line) => lines.push(line));
    await telling.chapter('One', async (step) => {
      await step('goes well', async () => 'told');
      await step('does not', async () => {
        throw new Error('it is not so');
      });
      await step('is not tried', async () => undefined);
    });
    await telling.chapter('Two', async (step) => {
      await step('goes well too', async () => undefined);
    });
    assert.deepEqual(telling.failures, ['One: does not: it is not so']);
    assert.deepEqual(
      lines.filter((line) => /[✔✘]/.test(line)),
      ['  ✔ goes well', '  ✘ does not', '  ✔ goes well too'],
    );
  });
});
