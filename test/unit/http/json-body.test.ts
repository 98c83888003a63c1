import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createByteBudget, readJsonBody } from '../../../src/http/json-body.ts';

const BODY = '{"verb":"approve"}';
const HEAD = `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n`;
const WITHIN_MS = 20;

describe('a JSON body', () => {
  it('that arrived while the process was paused is not too slow', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = connect(port, '127.0.0.1');
    client.write(HEAD);
    const [request] = await once(server, 'request');
    const body = readJsonBody(request, createByteBudget(1_024), { maxBytes: 1_024, withinMs: WITHIN_MS });
    client.write(BODY);
    for (const end = performance.now() + 3 * WITHIN_MS; performance.now() < end; );
    assert.deepEqual(await body, { verb: 'approve' });
    client.destroy();
    server.close();
  });
});
