import { type Finding, finding } from '../incident/model/finding.ts';
import { UpstreamError } from '../shared/errors.ts';
import type { Runtime } from '../shared/runtime.ts';
import { within } from '../shared/timeout.ts';
import type { RunnableCheck } from './check.ts';
import { missing, noAnswerInTime } from './statements.ts';
import type { Subject } from './subject.ts';

type Dependencies = Pick<Runtime, 'clock' | 'log'> & {
  readonly checks: readonly RunnableCheck[];
};

/** When the findings so far are stored together, ms after the start. The rest follow when the last check has ended. */
const STORED_MS = [4_000, 40_000];

/** Runs all checks of a connector at the same time and stores the findings in at most three parts, each check once. */
export type Gather = (subject: Subject, arrived: (findings: readonly Finding[]) => Promise<void>) => Promise<void>;

export function createGather(deps: Dependencies): Gather {
  return async (subject, arrived) => {
    const found: Finding[] = [];
    const running = deps.checks.map(async (check) => {
      found.push(await findingOf(deps, check, subject));
    });
    const all = Promise.all(running);
    const began = performance.now();
    for (const time of STORED_MS) {
      await within(Math.max(0, began + time - performance.now()), () => all);
      if (found.length > 0) await arrived(found.splice(0));
    }
    await all;
    if (found.length > 0) await arrived(found.splice(0));
  };
}

/** Never rejects: a failing check, even one with a bug, neither delays nor hides the others. */
async function findingOf({ clock, log }: Dependencies, check: RunnableCheck, subject: Subject): Promise<Finding> {
  const at = clock();
  const about = { check: check.check, connector: subject.id };
  try {
    const statements = await within(check.timeoutMs, (signal) => check.run(subject, { at, signal }));
    const found = finding(check.check, statements ?? [noAnswerInTime(check.source)], at);
    log.debug({ event: 'check_done', check: check.check, verdict: found.verdict, ms: clock() - at }, 'a check ended');
    return found;
  } catch (error) {
    if (error instanceof UpstreamError) {
      log.warn({ ...about, event: 'check_unreadable', ...error.logged }, 'a check could not read its data');
      return finding(check.check, [missing(error, check.source)], at);
    }
    log.error({ ...about, event: 'check_failed', err: error }, 'a check failed');
    return finding(check.check, [{ kind: 'check_failed', verdict: 'unknown', values: {} }], at);
  }
}
