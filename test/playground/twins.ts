/** A message has one id in the tenant and one for every time Playground was shown it. */
export type Twins = {
  link(tenantId: string, playgroundId: string): void;
  /** The tenant's id of what Playground calls this; a thread begun in Playground has the same id in both. */
  inTenant(playgroundId: string): string;
  /** The id under which Playground was shown it last. */
  inPlayground(tenantId: string): string | undefined;
};

export function createTwins(): Twins {
  const tenantIds = new Map<string, string>();
  const playgroundIds = new Map<string, string>();
  return {
    link(tenantId, playgroundId) {
      tenantIds.set(playgroundId, tenantId);
      playgroundIds.set(tenantId, playgroundId);
    },
    inTenant: (playgroundId) => tenantIds.get(playgroundId) ?? playgroundId,
    inPlayground: (tenantId) => playgroundIds.get(tenantId),
  };
}
