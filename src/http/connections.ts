import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What connections may take before they are closed; times in ms. */
export type ConnectionLimits = {
  readonly max: number;
  /** A proxy in front of the service is one address. */
  readonly maxPerAddress: number;
  /** From the first byte, or the connection when none comes, to the end of the headers. */
  readonly headersWithinMs: number;
  readonly requestWithinMs: number;
};

export const USUAL_LIMITS: ConnectionLimits = {
  max: 4_000,
  maxPerAddress: 1_000,
  headersWithinMs: 10_000,
  requestWithinMs: 30_000,
};

/** Connections by what they do, each kind oldest first: no request yet, one being answered, its answer held back, between two requests. */
type Pool = { readonly [kind in (typeof KINDS)[number]]: Set<Socket> };

export type Connections = {
  /** Whoever is on it is made to wait for an answer, and a newcomer may take their place. */
  holdBack(socket: Socket): void;
};

/**
 * Bounds the connections of a server and how long they may be silent. At a limit the newcomer takes the place of the oldest
 * connection on which no request is under way, so that those who open connections and send nothing keep nobody out. A
 * connection on which a request comes before the one before it is answered is closed.
 */
export function limitConnections(server: Server, limits: ConnectionLimits): Connections {
  server.headersTimeout = limits.headersWithinMs;
  server.requestTimeout = limits.requestWithinMs;
  // Node closes late connections only every 30 s, unless it is told otherwise.
  Object.assign(server, { connectionsCheckingInterval: Math.min(limits.headersWithinMs, 1_000) });
  const all = createPool();
  const byAddress = new Map<string, Pool>();
  const poolsOf = new WeakMap<Socket, readonly Pool[]>();

  function move(socket: Socket, to: keyof Pool | null): void {
    for (const pool of poolsOf.get(socket) ?? []) {
      for (const kind of KINDS) pool[kind].delete(socket);
      if (to !== null) pool[to].add(socket);
    }
  }

  /** Whether there is room for one more, if need be after a connection without a request was closed. */
  function hasRoom(pool: Pool, max: number): boolean {
    if (sizeOf(pool) < max) return true;
    const [oldest] = REPLACEABLE.map((kind) => pool[kind]).find(({ size }) => size > 0) ?? [];
    if (oldest === undefined) return false;
    oldest.destroy();
    move(oldest, null);
    return true;
  }

  function enter(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    const own = byAddress.get(address) ?? createPool();
    if (!hasRoom(own, limits.maxPerAddress) || !hasRoom(all, limits.max)) {
      socket.destroy();
      return;
    }
    byAddress.set(address, own);
    poolsOf.set(socket, [all, own]);
    move(socket, 'silent');
    socket.once('close', () => {
      move(socket, null);
      if (sizeOf(own) === 0 && byAddress.get(address) === own) byAddress.delete(address);
    });
  }

  function begin({ socket }: IncomingMessage, response: ServerResponse): void {
    if (all.busy.has(socket) || all.held.has(socket)) {
      socket.destroy();
      return;
    }
    move(socket, 'busy');
    response.once('close', () => {
      if (!socket.destroyed) move(socket, 'idle');
    });
  }

  server.on('connection', enter);
  server.on('request', begin);
  server.on('checkContinue', begin);
  return {
    holdBack(socket) {
      if (all.busy.has(socket)) move(socket, 'held');
    },
  };
}

const KINDS = ['silent', 'busy', 'held', 'idle'] as const;
/** The first of these is closed first. */
const REPLACEABLE = ['silent', 'held', 'idle'] as const;

function createPool(): Pool {
  return { silent: new Set(), busy: new Set(), held: new Set(), idle: new Set() };
}

function sizeOf(pool: Pool): number {
  return KINDS.reduce((sum, kind) => sum + pool[kind].size, 0);
}
