/** What a program of ours is started with: nothing that would configure it, and the cache of compiled modules, which saves most of its start. */
export function childEnv(): NodeJS.ProcessEnv {
  const { PATH, HOME, NODE_EXTRA_CA_CERTS, NODE_COMPILE_CACHE } = process.env;
  return { PATH, HOME, NODE_EXTRA_CA_CERTS, NODE_COMPILE_CACHE };
}
