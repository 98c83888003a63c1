import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';

const ROOT = new URL('..', import.meta.url);

/** Which rooms of `src` a room may import from, besides itself; nearer the bottom a room knows less. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  main: ['command', 'config', 'service', 'shared'],
  'doctor/main': ['command', 'config', 'doctor', 'service', 'shared'],
  doctor: [
    'audit',
    'command',
    'config',
    'incident/model',
    'microsoft',
    'shared',
    'storage',
    'teams/transport',
    'package.json',
  ],
  service: [
    ...[
      'audit',
      'config',
      'dns',
      'doctor',
      'evidence',
      'http',
      'incident/model',
      'jobs',
      'jobs/tasks',
      'microsoft',
      'monitoring',
      'report',
      'shared',
      'storage',
    ],
    ...['teams', 'teams/cards', 'teams/transport', 'teams/turns', 'workflow', 'package.json'],
  ],
  audit: ['command', 'config', 'incident/model', 'microsoft', 'shared', 'storage'],
  backup: ['command', 'config', 'storage'],
  report: ['command', 'config', 'incident/model', 'microsoft', 'shared', 'storage', 'teams/cards', 'teams/locales'],
  'jobs/tasks': [
    ...['audit', 'evidence', 'incident/model', 'incident/diff', 'jobs', 'shared', 'storage', 'teams', 'workflow'],
  ],
  'teams/turns': [
    ...['incident/model', 'incident/diff', 'shared', 'storage', 'teams/cards', 'teams/locales', 'teams/transport'],
  ],
  workflow: ['incident/decide', 'incident/diff', 'incident/model', 'shared', 'storage'],
  monitoring: ['incident/model', 'microsoft', 'shared', 'storage'],
  evidence: ['dns', 'incident/model', 'microsoft', 'shared', 'storage'],
  dns: ['shared'],
  jobs: ['incident/model', 'shared', 'storage', 'teams'],
  'teams/cards': ['incident/model', 'shared', 'storage', 'teams', 'teams/locales', 'teams/transport'],
  'teams/transport': ['incident/model', 'microsoft', 'shared', 'storage', 'teams'],
  /** The types of `teams/ports.ts`, which jobs send by and the other rooms of `teams` implement. */
  teams: ['incident/model', 'storage'],
  'teams/locales': ['incident/model', 'shared'],
  microsoft: ['config', 'incident/model', 'shared'],
  http: ['shared'],
  storage: ['incident/model', 'shared'],
  'incident/diff': ['incident/decide', 'incident/model'],
  'incident/decide': ['incident/model'],
  'incident/model': [],
  command: [],
  config: [],
  shared: [],
};

type Import = { readonly file: string; readonly from: string; readonly to: string };

/** The command line around the doctor, which puts it together with the service's own clients; the checks know no service. */
const COMMAND_OF_DOCTOR: readonly string[] = ['main', 'run-doctor', 'report/write-report'];

/** Rooms of these have rooms of their own; every other folder is one room. */
const DIVIDED: readonly string[] = ['incident', 'teams'];

function room(path: string): string {
  const [first = path, second = '', ...rest] = path.replace(/\.ts$/, '').split('/');
  if (first === 'jobs' && second === 'tasks') return 'jobs/tasks';
  if (first === 'doctor' && COMMAND_OF_DOCTOR.includes([second, ...rest].join('/'))) return 'doctor/main';
  return DIVIDED.includes(first) && rest.length > 0 ? `${first}/${second}` : first;
}

async function sources(folder = 'src'): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for await (const path of glob(`${folder}/**/*.ts`, { cwd: ROOT })) {
    const file = path.replaceAll('\\', '/').slice(folder.length + 1);
    files.set(file, await readFile(new URL(`${folder}/${file}`, ROOT), 'utf8'));
  }
  return files;
}

function filesImportedBy(file: string, source: string): readonly string[] {
  const here = new URL(`file:///${file}`);
  const paths = source.matchAll(/(?:from |import\()'(\.[^']+)'/g);
  return [...paths].map(([, path = '']) => new URL(path, here).pathname.slice(1));
}

function importsOf(file: string, source: string): readonly Import[] {
  return filesImportedBy(file, source).map((to) => ({ file, from: room(file), to: room(to) }));
}

describe('the architecture', () => {
  it('lets each room import only from the rooms it may', async () => {
    const all = [...(await sources())].flatMap(([file, source]) => importsOf(file, source));
    const wrong = all.filter(({ from, to }) => {
      return from !== to && !(MAY_IMPORT[from] ?? []).includes(to);
    });
    assert.deepEqual(wrong, []);
  });

  it('has no circle of rooms', () => {
    const seen = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (name: string, path: readonly string[]) => {
      if (seen.get(name) === 'open') circles.push([...path, name].join(' → '));
      if (seen.has(name)) return;
      seen.set(name, 'open');
      for (const next of MAY_IMPORT[name] ?? []) visit(next, [...path, name]);
      seen.set(name, 'done');
    };
    for (const name of Object.keys(MAY_IMPORT)) visit(name, []);
    assert.deepEqual(circles, []);
  });

  it('has no circle of files', async () => {
    const imports = new Map<string, readonly string[]>();
    for (const [file, source] of await sources()) imports.set(file, filesImportedBy(file, source));
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (done.has(file) || path.includes(file)) return;
      for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of imports.keys()) visit(file, []);
    assert.deepEqual(circles, []);
  });

  it('keeps the core free of everything outside itself', async () => {
    for (const [file, source] of await sources()) {
      if (!room(file).startsWith('incident/')) continue;
      assert.doesNotMatch(source, /from '(?!\.\.?\/)/, `${file} imports a package`);
      assert.doesNotMatch(source, /Date\.now|Math\.random|process\.|fetch\(/, `${file} is not pure`);
    }
  });

  it('reads the environment in one place', async () => {
    const readers = [...(await sources())].filter(([, source]) => source.includes('process.env')).map(([file]) => file);
    assert.deepEqual(
      readers.filter((file) => file !== 'config/config.ts'),
      [],
    );
  });

  it('has no file over 300 lines', async () => {
    const files = [...(await sources()), ...(await sources('test'))];
    const long = files.filter(([, source]) => source.trimEnd().split('\n').length > 300).map(([file]) => file);
    assert.deepEqual(long, []);
  });
});
