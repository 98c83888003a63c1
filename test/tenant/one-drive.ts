import { randomUUID } from 'node:crypto';
import type { SimulatedService } from './service-server.ts';
import { empty, json } from './wire.ts';

type Session = { readonly name: string; content: string | null };

/** People's OneDrive, limited to what Teams lets a bot write: one upload session for each accepted file. */
export type OneDrive = {
  /** Every completely uploaded file, by name. */
  files(): ReadonlyMap<string, string>;
  /** Returns the session that Teams creates when the file of this offer is accepted; the same one when the answer is delivered again. */
  begin(origin: string, offerId: string, name: string): { uploadUrl: string; contentUrl: string; uniqueId: string };
};

/** Creates the OneDrive. It accepts one PUT of the whole file, without a token, at an unguessable address. */
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
