/** The ids of messages. A message has one id in the tenant, and another for each time it was shown in Playground. */
export type Twins = {
  link(tenantId: string, playgroundId: string): void;
  /** Returns the tenant's id for an id of Playground; a thread that began in Playground has the same id in both. */
  inTenant(playgroundId: string): string;
  /** Returns the id under which Playground was last shown the message. */
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
