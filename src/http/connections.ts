import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Limits on connections; times in ms. */
export type ConnectionLimits = {
  readonly max: number;
  /** A proxy in front of the service counts as one address. */
  readonly maxPerAddress: number;
  /** Timeout for the headers, from the first byte, or from the connection when no byte arrives. */
  readonly headersWithinMs: number;
  readonly requestWithinMs: number;
};

export const USUAL_LIMITS: ConnectionLimits = {
  max: 4_000,
  maxPerAddress: 1_000,
  headersWithinMs: 10_000,
  requestWithinMs: 30_000,
};

/**
 * Connections by state, each set oldest first: `silent` has sent no request yet, `busy` has a request under way, `held` has
 * a delayed response, `idle` is between two requests.
 */
type Pool = { readonly [kind in (typeof KINDS)[number]]: Set<Socket> };

export type Connections = {
  /** Marks a connection whose response is being delayed; a new connection may replace it. */
  holdBack(socket: Socket): void;
};

/**
 * Limits the number of a server's connections and how long they may be silent. At a limit, a new connection replaces the
 * oldest one without a request under way, so that clients that open connections and send nothing cannot lock out others. A
 * connection on which a second request arrives before the first is answered is closed.
 */
export function limitConnections(server: Server, limits: ConnectionLimits): Connections {
  server.headersTimeout = limits.headersWithinMs;
  server.requestTimeout = limits.requestWithinMs;
  // By default Node looks for timed-out connections only every 30 s.
  Object.assign(server, { connectionsCheckingInterval: Math.min(limits.headersWithinMs, 1_000) });
  const { all, enter, move } = createPools(limits);

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

type Pools = {
  readonly all: Pool;
  /** Adds a new connection, or closes it when there is no room. */
  enter(socket: Socket): void;
  move(socket: Socket, to: keyof Pool | null): void;
};

/** Keeps every connection in the pool of all and in the pool of its address. */
function createPools(limits: ConnectionLimits): Pools {
  const all = createPool();
  const byAddress = new Map<string, Pool>();
  const poolsOf = new WeakMap<Socket, readonly Pool[]>();

  function move(socket: Socket, to: keyof Pool | null): void {
    for (const pool of poolsOf.get(socket) ?? []) {
      for (const kind of KINDS) pool[kind].delete(socket);
      if (to !== null) pool[to].add(socket);
    }
  }

  /** Returns whether one more connection fits, closing one without a request under way if necessary. */
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

  return { all, enter, move };
}

const KINDS = ['silent', 'busy', 'held', 'idle'] as const;
/** The order in which connections are closed to make room. */
const REPLACEABLE = ['silent', 'held', 'idle'] as const;

function createPool(): Pool {
  return { silent: new Set(), busy: new Set(), held: new Set(), idle: new Set() };
}

function sizeOf(pool: Pool): number {
  return KINDS.reduce((sum, kind) => sum + pool[kind].size, 0);
}
