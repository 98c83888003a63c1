/** Messages about the service's self-check. */
export const selfCheckEnUs = {
  bad: (name: string, says: string) => `Self-check: **${name}** needs attention. ${says}`,
  todo: (todo: string) => `→ ${todo}`,
  fixed: (name: string) => `Self-check: **${name}** is in order again.`,
  heartbeat: (checkedAt: string) => `Connector Guard is watching. The last self-check ended at ${checkedAt}.`,
  status: (checkedAt: string, failed: number, warnings: number) => {
    const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;
    const result =
      failed + warnings === 0
        ? 'everything is in order'
        : [failed > 0 ? count(failed, 'failure') : '', warnings > 0 ? count(warnings, 'warning') : '']
            .filter((part) => part !== '')
            .join(', ');
    return `Last self-check: ${checkedAt}, ${result}.`;
  },
  never: 'Last self-check: none yet.',
};
