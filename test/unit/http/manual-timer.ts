/** Time that passes only when it is told to. */
export function manualTimer() {
  let now = 0;
  const pending = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    after(ms: number, run: () => void) {
      const entry = { at: now + ms, run };
      pending.add(entry);
      return () => void pending.delete(entry);
    },
    /** Lets this many ms pass, and whatever follows from what became due run. */
    async pass(ms: number): Promise<void> {
      const end = now + ms;
      for (;;) {
        await settled();
        const [next] = [...pending].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (next === undefined) break;
        pending.delete(next);
        now = next.at;
        next.run();
      }
      now = end;
      await settled();
    },
  };
}

/** Every promise that can go on has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
