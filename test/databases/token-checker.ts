import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { entraIssuer } from '../tenant/identity.ts';
import { entraSigningKey } from '../tenant/signing-keys.ts';

/** Checks tokens for a PostgreSQL that takes them as passwords, and keeps those it accepted. */
export type TokenChecker = {
  readonly port: number;
  readonly accepted: readonly string[];
  /** Refuses what it has accepted so far, as it will when those tokens have run out. */
  expire(): void;
  stop(): Promise<void>;
};

const SUCCESS = 0x00;
const INVALID_CREDENTIALS = 0x31;
const AUDIENCE = 'https://ossrdbms-aad.database.windows.net';

/**
 * Azure Database for PostgreSQL checks a token itself. PostgreSQL asks an LDAP server instead whether a password is right,
 * by a simple bind (RFC 4511, 4.2): this one says yes to a token for the database that has not expired, and no to all else.
 */
export async function startTokenChecker(tenantId: string): Promise<TokenChecker> {
  const key = await entraSigningKey();
  const accepted: string[] = [];
  const expired = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.on('data', (bytes) => void answer(socket, bytes));
  });
  async function answer(socket: Socket, bytes: Buffer): Promise<void> {
    const bind = readBind(bytes);
    if (bind === null) return void socket.end();
    const claims = await key.verify(bind.password, { issuer: entraIssuer(tenantId), audience: AUDIENCE });
    const isValid = claims !== undefined && !expired.has(bind.password);
    if (isValid) accepted.push(bind.password);
    socket.write(bindResponse(bind.messageId, isValid ? SUCCESS : INVALID_CREDENTIALS));
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    accepted,
    expire() {
      for (const token of accepted) expired.add(token);
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const SEQUENCE = 0x30;
const BIND_REQUEST = 0x60;

/** The message id and the password of a simple bind; null for any other request, such as an unbind. */
function readBind(bytes: Buffer): { readonly messageId: number; readonly password: string } | null {
  const message = element(bytes, 0);
  if (message.tag !== SEQUENCE) return null;
  const id = element(message.content, 0);
  const request = element(message.content, id.end);
  if (request.tag !== BIND_REQUEST) return null;
  const version = element(request.content, 0);
  const name = element(request.content, version.end);
  const { content: password } = element(request.content, name.end);
  return { messageId: id.content.readUIntBE(0, id.content.length), password: password.toString('utf8') };
}

/** One element of BER: a tag, a length in one byte or in the bytes that the first one counts, and its content. */
function element(bytes: Buffer, at: number) {
  const tag = bytes.readUInt8(at);
  const first = bytes.readUInt8(at + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes);
  const begin = at + 2 + lengthBytes;
  return { tag, content: bytes.subarray(begin, begin + length), end: begin + length };
}

function bindResponse(messageId: number, code: number): Buffer {
  const result = [0x61, 0x07, 0x0a, 0x01, code, 0x04, 0x00, 0x04, 0x00];
  return Buffer.from([SEQUENCE, 3 + result.length, 0x02, 0x01, messageId, ...result]);
}
