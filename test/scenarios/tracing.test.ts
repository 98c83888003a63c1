import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { z } from 'zod';
import { cardShows } from '../demo/card-watch.ts';
import { attested, press } from '../demo/clicks.ts';
import { freePort } from '../network/free-port.ts';
import { startWorld } from './start-service.ts';

const NAME = 'Relay Nagano';
const REASON = 'The account was cleaned by its owner';

const spanSchema = z.looseObject({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: z.array(z.looseObject({ key: z.string() })),
});
const bodySchema = z.object({
  resourceSpans: z.array(z.looseObject({ scopeSpans: z.array(z.looseObject({ spans: z.array(spanSchema) })) })),
});

describe('traces', () => {
  let collector: Server;
  let received: string[];
  let endpoint: string;
  before(async () => {
    received = [];
    collector = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      if (request.url === '/v1/traces') received.push(body);
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end('{}');
    });
    const port = await freePort();
    collector.listen(port, '127.0.0.1');
    await once(collector, 'listening');
    endpoint = `http://127.0.0.1:${port}`;
  });
  after(() => collector.close());

  it('show a click, its jobs and each call to Microsoft, without names of people or connectors', async () => {
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/` };
    const world = await startWorld(settings, {}, ({ exchange }) => void exchange.addConnector(NAME));
    const { tenant } = world;
    tenant.exchange.restrict(NAME);
    const card = await cardShows(tenant, NAME, 'Restricted');
    await press(tenant, tenant.people.erik, card, { verb: 'approve', inputs: attested(card, REASON) });
    await cardShows(tenant, NAME, 'Waiting');
    await world.stop();

    const spans = received
      .map((body) => bodySchema.parse(JSON.parse(body)))
      .flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((it) => it.spans)));
    const named = (name: string) => spans.filter((span) => span.name === name);
    for (const name of ['POST /api/messages', 'job reconcile', 'job post_card', 'call exchange', 'call teams'])
      assert.ok(
        named(name).length > 0,
        `${name} is not among ${[...new Set(spans.map((span) => span.name))].join(', ')}`,
      );
    const click = named('POST /api/messages').map(({ spanId }) => spanId);
    assert.ok(
      named('call graph').some(({ parentSpanId }) => click.includes(parentSpanId ?? '')),
      'no call of a click',
    );
    const reading = named('job reconcile').map(({ spanId }) => spanId);
    assert.ok(named('call exchange').some(({ parentSpanId }) => reading.includes(parentSpanId ?? '')));

    const all = received.join('\n');
    const people = Object.values(tenant.people).flatMap(({ aadObjectId, displayName }) => [aadObjectId, displayName]);
    for (const secret of [NAME, REASON, ...people, tenant.env.TENANT_ID ?? '', tenant.env.IDENTITY_HEADER ?? '', 'eyJ'])
      assert.ok(!all.includes(secret), `${secret} is in a trace`);
    const keys = new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
    const known = ['peer.service', 'http.request.method', 'http.response.status_code', 'http.route', 'error.type'];
    assert.deepEqual(
      [...keys].filter((key) => !known.includes(key)),
      [],
    );
  });

  it('delay nothing when the collector is unreachable', async () => {
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}` };
    const world = await startWorld(settings, {}, ({ exchange }) => void exchange.addConnector(NAME));
    world.tenant.exchange.restrict(NAME);
    await cardShows(world.tenant, NAME, 'Restricted');
    await world.stop();
  });

  it('load no library when they are off', () => {
    const hook = `import { registerHooks } from 'node:module';
      registerHooks({ resolve(specifier, context, next) {
        if (/^@opentelemetry\\/(sdk|exporter|resources)/.test(specifier)) throw new Error('loaded ' + specifier);
        return next(specifier, context);
      } });`;
    const load = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, '--input-type=module', '-e'];
    const run = (script: string) => spawnSync(process.execPath, [...load, script], { encoding: 'utf8' });
    assert.equal(run("await import('./src/service.ts')").status, 0);
    assert.match(run("await import('@opentelemetry/sdk-trace')").stderr, /loaded @opentelemetry\/sdk-trace/);
  });
});
