/** The clock of the simulated tenant and of the benchmark: ms since the epoch, with fractions. */
export const now = (): number => performance.timeOrigin + performance.now();
