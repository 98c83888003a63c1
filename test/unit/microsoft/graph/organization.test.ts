import assert from 'node:assert/strict';
import { createOrganization } from '../../../../src/microsoft/graph/organization.ts';
import { failureOf } from '../http/failure-of.ts';
import { openGraph } from './open-graph.ts';

describe("the organization's initial domain", () => {
  let graph: Awaited<ReturnType<typeof openGraph>>;
  beforeEach(async () => {
    graph = await openGraph(Date.now);
  });
  afterEach(() => graph.tenant.stop());

  const requests = () => graph.tenant.calls('GET /v1.0/organization');

  it('is read once, and only the domains are requested', async () => {
    const read = createOrganization(graph.client);
    assert.deepEqual([await read(), await read()], ['simulated.example', 'simulated.example']);
    assert.deepEqual(
      requests().map(({ path }) => path),
      ['/v1.0/organization?%24select=verifiedDomains'],
    );
  });

  it('is the initial one, not the default one', async () => {
    const verifiedDomains = [
      { name: 'contoso.example', isDefault: true, isInitial: false },
      { name: 'contoso.partner.onmschina.cn', isDefault: false, isInitial: true },
    ];
    graph.tenant.graph.answer('GET /v1.0/organization', () => ({ value: [{ verifiedDomains }] }));
    assert.equal(await createOrganization(graph.client)(), 'contoso.partner.onmschina.cn');
  });

  it('is read again after a failure, and never guessed', async () => {
    const read = createOrganization(graph.client);
    graph.tenant.faults.add({ service: 'graph', match: 'organization', kind: 'answer', status: 403 });
    assert.equal((await failureOf(read())).failure, 'forbidden');
    assert.equal(await read(), 'simulated.example');
    graph.tenant.graph.answer('GET /v1.0/organization', () => ({ value: [] }));
    assert.equal((await failureOf(createOrganization(graph.client)())).failure, 'malformed');
  });
});
