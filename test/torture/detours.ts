/** What people may do besides approving and confirming. */
export const DETOURS = [
  ...(['portal', 'clumsy', 'stranger', 'remark', 'withdraw'] as const),
  ...(['reject', 'stale', 'edit', 'earlier edit', 'late', 'loss', 'race'] as const),
] as const;

export type Detour = (typeof DETOURS)[number];
