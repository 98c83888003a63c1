/** A limit on the bytes held in memory at the same time, shared by all holders. */
export type ByteBudget = {
  /** Reserves bytes. Returns false and reserves nothing when fewer are left. */
  take(bytes: number): boolean;
  giveBack(bytes: number): void;
};

export function createByteBudget(most: number): ByteBudget {
  let left = most;
  return {
    take(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    giveBack(bytes) {
      left += bytes;
    },
  };
}
