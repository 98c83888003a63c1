import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const LOCK = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
const dev = new Set<string>();
for (const [path, { dev: isDev }] of Object.entries<{ readonly dev?: true }>(LOCK.packages))
  if (isDev === true) dev.add(path);

// Preloaded into a command, so that it runs as after `npm ci --omit=dev`: what only developers install cannot be loaded.
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const path = resolved.url.match(/\/(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//)?.[1];
    if (path !== undefined && dev.has(path)) throw new Error(`${path} is a dev dependency`);
    return resolved;
  },
});
