import realConsole from 'node:console';

/** botbuilder prints every token it refuses; a test that sends such tokens on purpose is quiet about it. */
export function quietConsole(): { restore(): void } {
  const { error } = realConsole;
  realConsole.error = () => undefined;
  return {
    restore() {
      realConsole.error = error;
    },
  };
}
