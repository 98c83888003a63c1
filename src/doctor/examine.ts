import type { Config } from '../config/config.ts';
import { checksFor, LAST_CHECKS } from './checks.ts';
import { createConnections, type Runtime } from './connections.ts';
import { failureMessage } from './failure-message.ts';
import { type CheckId, type Finding, failed, ok, skipped } from './finding.ts';
import { withCommands } from './fix-command.ts';
import type { Strings } from './locales/strings.ts';
import { redact } from './redact.ts';
import { type RunOptions, runChecks } from './run-checks.ts';
import { testCard } from './test-card.ts';

export type DoctorOptions = {
  readonly strings: Strings;
  readonly sendTestCard: boolean;
  /** Called with the number of finished checks. */
  readonly onProgress?: (done: number, total: number) => void;
};

/** The limits of one check; times in ms. */
type Limits = { readonly deadlineMs?: number; readonly turn?: RunOptions['turn'] };

/** The deadline of a check whose call never completes. A call that keeps failing ends after 15 s with an error. */
const DEADLINE_MS = 20_000;
/** PowerShell has to start, load its module and connect before it calls anything, and has a deadline of its own. */
const POWERSHELL_DEADLINE_MS = 150_000;
const THROUGH_POWERSHELL: ReadonlySet<CheckId> = new Set([
  'powershell',
  'exchange_permission',
  'blocked_connectors',
  'inbound_connectors',
  'audit_log',
  'audit_search',
]);

/** Runs every check without changing anything; posts a test card only if requested. Never rejects. */
export async function examine(
  config: Config,
  runtime: Runtime & Limits,
  options: DoctorOptions,
): Promise<readonly Finding[]> {
  const { strings } = options;
  const connections = createConnections(config, runtime);
  const context = { config, connections, clock: runtime.clock, strings };
  const deadline = (id: CheckId) =>
    config.unblockMode === 'powershell' && THROUGH_POWERSHELL.has(id)
      ? POWERSHELL_DEADLINE_MS
      : (runtime.deadlineMs ?? DEADLINE_MS);
  try {
    const checks = checksFor(config);
    let done = 0;
    const onDone = () => {
      done += 1;
      options.onProgress?.(done, checks.length);
    };
    const findings = await runChecks(checks, context, deadline, { onDone, turn: runtime.turn });
    const last = await runChecks(LAST_CHECKS, context, deadline);
    const card = options.sendTestCard ? [await sendTestCard(context, findings)] : [];
    const settings: Finding = { id: 'settings', ...ok(strings.settings.ok) };
    return redact(withCommands([settings, ...findings, ...last, ...card], config), config);
  } finally {
    await connections.close();
  }
}

async function sendTestCard(
  { config, connections, clock, strings }: Parameters<typeof runChecks>[1],
  findings: readonly Finding[],
): Promise<Finding> {
  const id = 'test_card';
  const channel = findings.find((finding) => finding.id === 'channel');
  const place = await connections.place();
  if (place === null || channel === undefined || channel.status === 'failed' || channel.status === 'skipped')
    return { id, ...skipped(strings.skipped('channel')) };
  try {
    const { card, summary } = testCard(config.locale, clock());
    await connections.channel.postCard(place, card, summary);
    return { id, ...ok(strings.testCard.sent) };
  } catch (error) {
    return { id, ...failed(strings.testCard.refused(failureMessage(error))) };
  }
}
