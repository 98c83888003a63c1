import type { Config } from '../config/config.ts';
import { examine } from '../doctor/examine.ts';
import type { CheckId } from '../doctor/finding.ts';
import { strings } from '../doctor/locales/strings.ts';
import type { CheckResult } from '../incident/model/self-check.ts';
import type { SelfCheckDependencies } from '../jobs/tasks/self-check.ts';
import { createMicrosoft365 } from './microsoft-365.ts';

type Runtime = {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: () => number;
  readonly pause: (ms: number) => Promise<void>;
};

/** The pause between two checks, which avoids a burst of requests. */
const PAUSE_MS = 1_000;
/** Checks left out here: other notices cover them, or their warning may only mean that nothing has happened lately. */
const ELSEWHERE: ReadonlySet<CheckId> = new Set(['settings', 'reading', 'audit_trail', 'alert_policy']);

/** Creates a run of the doctor's checks, one after another, with clients and tokens of its own. */
function createExamine(config: Config, { fetch, clock, pause }: Runtime) {
  const texts = strings(config.locale);
  return async (): Promise<readonly CheckResult[]> => {
    const runtime = { fetch, clock, createClients: createMicrosoft365, turn: inTurn(pause) };
    const findings = await examine(config, runtime, { strings: texts, sendTestCard: false });
    return findings
      .filter(({ id }) => !ELSEWHERE.has(id))
      .map((finding) => ({ ...finding, name: texts.names[finding.id] }));
  };
}

function inTurn(pause: Runtime['pause']) {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined).then(() => pause(PAUSE_MS));
    return turn;
  };
}

/** The dependencies of the self-check's jobs. */
type SelfCheckPorts = Pick<SelfCheckDependencies, 'examine' | 'isOutage' | 'heartbeatMs'>;

export function createSelfCheckPorts(
  config: Config,
  runtime: Runtime,
  listUnreachable: () => Promise<readonly unknown[]>,
): SelfCheckPorts {
  const examine = config.selfCheck ? createExamine(config, runtime) : null;
  return { examine, isOutage: async () => (await listUnreachable()).length > 0, heartbeatMs: config.heartbeatMs };
}
