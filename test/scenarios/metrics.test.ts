import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { until } from '../tenant/until.ts';
import { startWorld, type World } from './start-service.ts';

const NAME = 'Relay Otaru';
/** Metrics of the process itself, with prom-client's default names. */
const DEFAULTS = /^(process|nodejs)_/;

type Dashboard = {
  readonly panels: readonly { readonly id: number; readonly targets: readonly { readonly expr: string }[] }[];
};

describe('the metrics', () => {
  let world: World;
  afterEach(() => world.stop());

  const page = async () => (await fetch(`${world.url}/metrics`)).text();
  const samples = async () =>
    (await page()).split('\n').flatMap((line) => {
      const [, name = '', labels = '', value = ''] = line.match(/^(\w+)(\{.*\})? (\S+)$/) ?? [];
      return name === '' ? [] : [{ name, labels, value }];
    });
  const sample = async (name: string) => Number((await samples()).find((it) => it.name === name)?.value);

  it('have one prefix, and only numbers as values before anything has succeeded', async () => {
    world = await startWorld({}, {}, ({ faults }) => {
      faults.add({ service: 'exchange', kind: 'unavailable', times: 'until-cleared' });
    });
    const own = (await samples()).filter(({ name }) => !DEFAULTS.test(name));
    assert.deepEqual(
      [...new Set(own.map(({ name }) => name))].filter((name) => !name.startsWith('connector_guard_')),
      [],
    );
    assert.deepEqual(
      own.filter(({ value }) => value === 'Nan' || value === 'NaN'),
      [],
    );
    assert.equal(await sample('connector_guard_reading_timestamp_seconds'), 0);
    const build = own.find(({ name }) => name === 'connector_guard_build_info');
    assert.match(build?.labels ?? '', /version="\d+\.\d+\.\d+.*",node="v\d+/);
  });

  it('contain times as timestamps, and histograms of clicks, jobs and calls to Microsoft', async () => {
    world = await startWorld({}, {}, ({ exchange }) => exchange.addConnector(NAME));
    world.tenant.exchange.restrict(NAME);
    const card = await cardShows(world.tenant, NAME, 'Restricted');
    await press(world.tenant, world.tenant.people.erik, card, { verb: 'approve', inputs: attested(card, 'Clean') });
    await cardShows(world.tenant, NAME, 'Waiting');
    await until(async () =>
      /connector_guard_job_seconds_count\{task="update_card",outcome="done"\}/.test(await page()),
    );
    const text = await page();
    assert.match(
      text,
      /connector_guard_http_request_seconds_bucket\{le="\+Inf",route="\/api\/messages",status="200"\} [1-9]/,
    );
    assert.match(text, /connector_guard_upstream_call_seconds_count\{service="exchange",status="200"\} [1-9]/);
    assert.match(text, /connector_guard_upstream_call_seconds_count\{service="graph",status="200"\} [1-9]/);
    const reading = await sample('connector_guard_reading_timestamp_seconds');
    assert.ok(Math.abs(Date.now() / 1_000 - reading) < 120, String(reading));
  });

  it('include every one that the alerting rules and the dashboard name', async () => {
    world = await startWorld({ SELF_CHECK: 'on' });
    const read = (file: string) => readFile(new URL(`../../install/observability/${file}`, import.meta.url), 'utf8');
    const { panels }: Dashboard = JSON.parse(await read('dashboard.json'));
    const exprs = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
    const texts = [await read('alerts.yaml'), ...exprs].join('\n');
    const named = [...texts.matchAll(/(?:connector_guard|process)_\w+/g)].map(([name]) =>
      name.replace(/_(bucket|count)$/, ''),
    );
    const known = new Set([...(await page()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
    assert.ok(named.length >= 27);
    assert.deepEqual(
      [...new Set(named)].filter((name) => !known.has(name)),
      [],
    );
  });
});
