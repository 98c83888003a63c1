import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';

const ROOT = new URL('..', import.meta.url);

/** Which rooms of `src` a room may import from, besides itself. Files at the top are rooms of their own. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  incident: [],
  errors: [],
  log: [],
  'call-record': ['errors'],
  config: [],
  upstream: ['call-record', 'errors', 'log'],
  credential: ['config', 'errors', 'log'],
  graph: ['errors', 'log', 'upstream', 'incident'],
  exchange: ['call-record', 'errors', 'log', 'upstream', 'incident'],
  evidence: ['errors', 'log', 'upstream', 'incident', 'graph', 'exchange'],
  'activity-feed': ['errors', 'log', 'upstream', 'incident'],
  storage: ['errors', 'log', 'incident'],
  workflow: ['call-record', 'errors', 'log', 'incident', 'storage'],
  reconcile: ['errors', 'log', 'incident', 'storage', 'workflow', 'outage-watch'],
  'outage-watch': ['incident', 'storage'],
  silences: ['errors', 'storage', 'upstream'],
  readiness: ['storage'],
  'service-record': ['config', 'log', 'package.json', 'storage', 'workflow'],
  'on-signal': ['http', 'storage', 'workflow'],
  'answer-in-thread': ['errors', 'jobs'],
  'older-card': ['storage'],
  'watch-here': ['incident', 'storage', 'workflow'],
  'redraw-open': ['storage'],
  metrics: ['storage'],
  audit: ['config', 'storage'],
  backup: ['config', 'storage'],
  doctor: [
    ...['errors', 'log', 'config', 'microsoft-365', 'upstream', 'incident'],
    ...['graph', 'exchange', 'teams', 'storage', 'audit'],
  ],
  jobs: ['call-record', 'errors', 'log', 'incident', 'storage', 'workflow'],
  teams: ['call-record', 'errors', 'log', 'upstream', 'incident', 'storage', 'workflow'],
  http: ['errors', 'log', 'incident', 'workflow'],
};

/** Builds everything, and so may import everything. */
const COMPOSITION: ReadonlySet<string> = new Set(['main', 'service', 'microsoft-365', 'teams-face']);

type Import = { readonly file: string; readonly from: string; readonly to: string };

const room = (path: string): string => path.replace(/\.ts$/, '').split('/')[0] ?? path;

async function sources(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for await (const path of glob('src/**/*.ts', { cwd: ROOT })) {
    const file = path.replaceAll('\\', '/').replace(/^src\//, '');
    files.set(file, await readFile(new URL(`src/${file}`, ROOT), 'utf8'));
  }
  return files;
}

function importsOf(file: string, source: string): readonly Import[] {
  const here = new URL(`file:///${file}`);
  return [...source.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => {
    const to = new URL(path, here).pathname.slice(1);
    return { file, from: room(file), to: room(to) };
  });
}

describe('the architecture', () => {
  it('lets each room import only from the rooms it may', async () => {
    const all = [...(await sources())].flatMap(([file, source]) => importsOf(file, source));
    const wrong = all.filter(({ from, to }) => {
      if (from === to || COMPOSITION.has(from)) return false;
      return !(MAY_IMPORT[from] ?? []).includes(to);
    });
    assert.deepEqual(wrong, []);
  });

  it('keeps the core free of everything outside itself', async () => {
    for (const [file, source] of await sources()) {
      if (room(file) !== 'incident') continue;
      assert.doesNotMatch(source, /from '(?!\.\/)/, `${file} imports from outside`);
      assert.doesNotMatch(source, /Date\.now|Math\.random|process\.|fetch\(/, `${file} is not pure`);
    }
  });

  it('reads the environment in one place', async () => {
    const readers = [...(await sources())].filter(([, source]) => source.includes('process.env')).map(([file]) => file);
    assert.deepEqual(
      readers.filter((file) => file !== 'config.ts'),
      [],
    );
  });

  it('has no file over 300 lines', async () => {
    const long = [...(await sources())].filter(([, source]) => source.split('\n').length > 300).map(([file]) => file);
    assert.deepEqual(long, []);
  });
});
