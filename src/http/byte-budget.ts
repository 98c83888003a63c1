/** Bytes that may be in memory at the same time, shared by whoever holds some. */
export type ByteBudget = {
  /** False, and nothing is taken, when so many are not left. */
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
