import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { childEnv } from '../run/child-env.ts';
import { ownerOf } from './socket-owner.ts';

const CONNECT = `
  const [port, localPort] = process.argv.slice(1).map(Number);
  require('node:net').connect({ port, host: '127.0.0.1', localAddress: '127.0.0.1', localPort }).resume();
`;

describe('the owner of a connection', () => {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('is found when two processes come from the same port, to different places', async () => {
    const [here, there] = [await listen(), await listen()];
    const accepted = once(there, 'connection');
    const ours = connect({ port: portOf(here), host: '127.0.0.1', localAddress: '127.0.0.1' });
    await once(ours, 'connect');
    const port = ours.localPort ?? assert.fail('the connection has no port');
    const child = spawn(process.execPath, ['-e', CONNECT, `${portOf(there)}`, `${port}`], {
      env: childEnv(),
      stdio: 'inherit',
    });
    try {
      await accepted;
      const pid = child.pid ?? assert.fail('the other process did not start');
      assert.deepEqual([await ownerOf(port, [process.pid]), await ownerOf(port, [pid])], [process.pid, pid]);
    } finally {
      child.kill();
      ours.destroy();
      for (const server of [here, there]) server.close();
    }
  });
});

async function listen(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
