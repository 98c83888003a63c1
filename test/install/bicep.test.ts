import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { readConfig } from '../../src/config/config.ts';
import { variablesSchema } from '../../src/config/variables.ts';
import { CHECK_IDS } from '../../src/doctor/finding.ts';
import { syntaxErrors } from './syntax-errors.ts';

const ROOT = new URL('../..', import.meta.url);
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8');

/** In the index of Microsoft's Bicep types (github.com/Azure/bicep-types-az, generated), which was looked into by hand. */
const TYPES = [
  'Microsoft.App/containerApps@2024-03-01',
  'Microsoft.App/managedEnvironments@2024-03-01',
  'Microsoft.BotService/botServices/channels@2022-09-15',
  'Microsoft.BotService/botServices@2022-09-15',
  'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2024-08-01',
  'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01',
  'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01',
  'Microsoft.Insights/actionGroups@2023-01-01',
  'Microsoft.Insights/scheduledQueryRules@2022-06-15',
  'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31',
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01',
  'Microsoft.Network/privateDnsZones@2020-06-01',
  'Microsoft.Network/virtualNetworks@2024-01-01',
  'Microsoft.OperationalInsights/workspaces@2023-09-01',
];

/** Without comments, so that only what is deployed is judged. */
const codeOf = (text: string) => text.replaceAll(/^\s*\/\/.*$/gm, '');
const namesIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);

describe('the Bicep files, parsed and read as text because no compiler was at hand', () => {
  let main: string;
  let database: string;
  before(async () => {
    main = codeOf(await read('install/azure/main.bicep'));
    database = codeOf(await read('install/azure/database.bicep'));
  });

  it('use resource types and API versions that Microsoft publishes', () => {
    const used = namesIn(main + database, /^resource \w+ '([^']+)'/gm);
    assert.deepEqual([...new Set(used)].toSorted(), TYPES);
  });

  it('parse as Bicep', async () => {
    const errorsIn = await syntaxErrors('bicep');
    for (const text of [main, database]) assert.deepEqual(errorsIn(text), []);
    assert.notDeepEqual(errorsIn(main.replace('location: location', 'location location')), []);
    assert.notDeepEqual(errorsIn(main.slice(0, -2)), []);
  });

  it('come with a parameter file that sets what has no default, and nothing unknown', async () => {
    const example = codeOf(await read('install/azure/example.bicepparam'));
    assert.match(example, /^using 'main\.bicep'$/m);
    const set = namesIn(example, /^param (\w+) = '[^']*'$/gm);
    assert.deepEqual(set.toSorted(), namesIn(main, /^param (\w+) \w+$/gm).toSorted());
  });

  it('declare what they name, and use what they declare', () => {
    for (const text of [main, database]) {
      const declared = namesIn(text, /^(?:param|var|resource|module|output) (\w+)/gm);
      const wanted = namesIn(text, /^(?:param|var) (\w+)/gm);
      const bare = text.replaceAll(/'[^']*'/g, (quoted) => namesIn(quoted, /\$\{([^}]*)\}/g).join(' '));
      const used = new Set(namesIn(bare, /(?<![.\w])([a-zA-Z_]\w*)(?=\.|\b)/g));
      for (const name of declared) {
        const times = bare.match(new RegExp(`(?<![.\\w])${name}\\b`, 'g'))?.length ?? 0;
        const mustBeUsed = wanted.includes(name);
        assert.ok(!mustBeUsed || times > 1, `${name} is declared and not used`);
      }
      for (const reference of namesIn(bare, /(?<![.\w])(\w+)\.(?:id|name|properties|outputs|listKeys)\b/g))
        assert.ok([...declared, 'alert'].includes(reference), `${reference} is not declared`);
      assert.ok(used.size > 0);
    }
  });

  it('pass each parameter of the module, and no other', () => {
    const wanted = namesIn(database, /^param (\w+)/gm);
    const passed = /module database.*?params: \{(.*?)\}/s.exec(main)?.[1] ?? '';
    assert.deepEqual(namesIn(passed, /^\s*(\w+):/gm).toSorted(), wanted.toSorted());
  });

  it('set variables that the service reads, to values that it takes', () => {
    const names = namesIn(main, /\{ name: '([A-Z_]+)', (?:value|secretRef):/g);
    assert.ok(names.length > 9, names.join());
    for (const name of names) assert.ok(Object.hasOwn(variablesSchema.shape, name), name);
    const url = /output url string = '([^']+)'/.exec(database)?.[1] ?? '';
    const id = '3f1e0a52-77aa-4b11-8c3d-9d8e7f6a5b4c';
    const settings = {
      ...{ CLIENT_ID: id, TENANT_ID: id, APPROVER_GROUP_ID: id, DATABASE_AUTH: 'entra', METRICS_PORT: '9464' },
      ...{ UNBLOCK_MODE: 'dry-run', LOCALE: 'en-US', TIME_ZONE: 'UTC', NOTIFICATION_SECRET: 'x'.repeat(32) },
      PUBLIC_URL: 'https://connector-guard.example.azurecontainerapps.io',
      DATABASE_URL: url
        .replace('${userName}', 'guard')
        .replace('${server.properties.fullyQualifiedDomainName}', 'db.example')
        .replace('${database.name}', 'guard'),
    };
    assert.deepEqual(
      names.filter((name) => !Object.hasOwn(settings, name)),
      [],
    );
    const config = readConfig(settings);
    assert.ok(config.ok, JSON.stringify(config));
    for (const mode of namesIn(/@allowed\(\[('exchange'[^\]]*)\]\)/.exec(main)?.[1] ?? '', /'([^']+)'/g))
      assert.ok(readConfig({ ...settings, UNBLOCK_MODE: mode }).ok, mode);
  });

  it('probe the routes and the port that the service has', async () => {
    const health = await read('src/http/health.ts');
    const probed = namesIn(main, /httpGet: \{ path: '([^']+)', port: 3978 \}/g);
    assert.deepEqual(new Set(probed), new Set(['/healthz', '/readyz']));
    for (const path of probed) assert.ok(health.includes(`'${path}'`), path);
    assert.match(main, /targetPort: 3978/);
  });

  it('alert on events and fields that the log has, each query giving one number even where no line is', async () => {
    const events = new Set<string>();
    let sources = '';
    for await (const path of glob('src/**/*.ts', { cwd: ROOT })) sources += await read(path);
    for (const name of namesIn(sources, /event: '([a-z_]+)'/g)) events.add(name);
    const queries = namesIn(main, /query: '([^']+)'/g);
    assert.ok(queries.length >= 7);
    for (const event of namesIn(main, /line\.event == "([a-z_]+)"/g)) assert.ok(events.has(event), event);
    for (const check of namesIn(main, /line\.check == "([a-z_]+)"/g))
      assert.ok(
        CHECK_IDS.some((id) => id === check),
        check,
      );
    const status = await read('src/monitoring/status-log.ts');
    const fields = namesIn(queries.filter((query) => query.startsWith('${status}')).join(), /line\.(\w+)/g);
    for (const field of fields) assert.match(status, new RegExp(`\\b${field}:`), field);
    for (const query of queries)
      assert.match(query, /\| summarize \w+ = (coalesce\(max|count\(\)|max)[^|]*(\| project value = .*coalesce.*)?$/);
  });

  it('are named, with what was not run, on the page about installing', async () => {
    const page = await read('docs/azure.md');
    for (const name of ['az deployment group create', 'install/azure/main.bicep', 'what-if', 'never been deployed'])
      assert.ok(page.includes(name), name);
    for (const name of namesIn(main, /^(?:param|output) (\w+)/gm)) assert.ok(page.includes(`\`${name}\``), name);
  });
});
