/** A message has one id in the tenant and one for every time Playground was shown it. */
export type Twins = {
  link(tenantId: string, playgroundId: string): void;
  /** The tenant's id of what Playground calls this; a thread begun in Playground has the same id in both. */
  inTenant(playgroundId: string): string;
  /** Oldest first. */
  inPlayground(tenantId: string): readonly string[];
};

export function createTwins(): Twins {
  const tenantIds = new Map<string, string>();
  const playgroundIds = new Map<string, readonly string[]>();
  return {
    link(tenantId, playgroundId) {
      tenantIds.set(playgroundId, tenantId);
      playgroundIds.set(tenantId, [...(playgroundIds.get(tenantId) ?? []), playgroundId]);
    },
    inTenant: (playgroundId) => tenantIds.get(playgroundId) ?? playgroundId,
    inPlayground: (tenantId) => playgroundIds.get(tenantId) ?? [],
  };
}
