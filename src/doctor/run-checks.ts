import { within } from '../shared/timeout.ts';
import type { Check, CheckContext } from './check.ts';
import { failureMessage } from './failure-message.ts';
import type { CheckId, Finding } from './finding.ts';

export type Deadline = (id: CheckId) => number;

export type RunOptions = {
  /** Called as each check ends. */
  readonly onDone?: () => void;
  /** Delays the start of a check; by default checks start at once. */
  readonly turn?: (<T>(work: () => Promise<T>) => Promise<T>) | undefined;
};

/**
 * Runs every check once those it needs are done, each within its deadline (ms). A check whose need is not met is skipped, with
 * the name of that need. Findings have the order of the checks; never rejects.
 */
export async function runChecks(
  checks: readonly Check[],
  context: CheckContext,
  deadline: Deadline,
  { onDone = () => {}, turn = (work) => work() }: RunOptions = {},
): Promise<readonly Finding[]> {
  const running = new Map<CheckId, Promise<readonly Finding[]>>();
  for (const check of checks) running.set(check.id, runAfter(check, running).finally(onDone));
  return (await Promise.all(running.values())).flat();

  async function runAfter(
    { id, needs, examine, unexamined }: Check,
    earlier: typeof running,
  ): Promise<readonly Finding[]> {
    const met = await Promise.all(needs.map(async (need) => ({ need, isMet: isMet(await earlier.get(need)) })));
    const missing = met.find((it) => !it.isMet)?.need;
    if (missing !== undefined) return [{ id, status: 'skipped', ...context.strings.skipped(missing) }];
    const ms = deadline(id);
    const found = await turn(() => within(ms, async () => examine(context))).catch((error: unknown) => ({
      status: unexamined,
      ...context.strings.unexamined(failureMessage(error)),
    }));
    return [found ?? { status: unexamined, ...context.strings.late(ms) }].flat().map((it) => ({ id, ...it }));
  }
}

/** A need is met unless its check failed or was skipped. A check that does not apply is `ok`. */
function isMet(findings: readonly Finding[] | undefined): boolean {
  return (findings ?? []).every(({ status }) => status === 'ok' || status === 'warning');
}
