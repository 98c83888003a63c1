import { randomUUID } from 'node:crypto';
import type { SimulatedService } from './service-server.ts';
import { empty, json } from './wire.ts';

type Session = { readonly name: string; content: string | null };

/** People's OneDrive as far as Teams lets a bot write to it: one upload session for each file that somebody takes. */
export type OneDrive = {
  /** Every file that was uploaded whole, by name. */
  files(): ReadonlyMap<string, string>;
  /** The session that Teams makes when the file of this offer is taken; an answer delivered again has the same one. */
  begin(origin: string, offerId: string, name: string): { uploadUrl: string; contentUrl: string; uniqueId: string };
};

/** Takes one PUT of the whole file, without a token, at an address that nobody can guess. */
export function createOneDrive(): OneDrive & { readonly service: SimulatedService } {
  const sessions = new Map<string, Session>();
  const begun = new Map<string, string>();
  return {
    files: () =>
      new Map([...sessions.values()].flatMap(({ name, content }) => (content === null ? [] : [[name, content]]))),
    begin(origin, offerId, name) {
      const id = begun.get(offerId) ?? randomUUID();
      if (!begun.has(offerId)) sessions.set(id, { name, content: null });
      begun.set(offerId, id);
      const contentUrl = `${origin}/personal/somebody/Documents/Applications/${encodeURIComponent(name)}`;
      return { uploadUrl: `${origin}/uploadSession?guid=${id}`, contentUrl, uniqueId: id };
    },
    service: {
      service: 'sharepoint',
      operationOf: ({ method, path }) => `${method} ${path}`,
      tokenOk: async ({ headers }) => (headers.authorization === undefined ? undefined : false),
      unauthorized: () => json(401, { error: { code: 'unauthenticated' } }),
      answer({ method, query, headers, text }) {
        const session = sessions.get(query.get('guid') ?? '');
        if (method !== 'PUT' || session === undefined || session.content !== null) return empty(404);
        const size = Buffer.byteLength(text);
        if (headers['content-range'] !== `bytes 0-${size - 1}/${size}`)
          return json(416, { error: { code: 'invalidRange' } });
        session.content = text;
        return json(201, { id: randomUUID(), name: session.name, size });
      },
    },
  };
}
