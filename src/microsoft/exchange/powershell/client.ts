import type { TokenCredential } from '@azure/identity';
import { UpstreamError, type UpstreamFailure } from '../../../shared/errors.ts';
import type { Runtime } from '../../../shared/runtime.ts';
import { type Call, effectWhenLost } from '../../http/failures.ts';
import { oneLine } from '../../http/one-line.ts';
import { reported } from '../../http/pipeline.ts';
import { observed, type Reachability } from '../../http/reachability.ts';
import { boundedBy } from '../../http/send.ts';
import { bearerToken } from '../../http/token.ts';
import type { ShapeWatch } from '../../shapes/watch.ts';
import type { ExchangeClient, Parameters } from '../client.ts';
import { readingOf } from '../reading.ts';
import { verdictOn } from './failure-message.ts';
import { INSTALL_POWERSHELL } from './requirements.ts';
import { type PowerShell, runScript, type ScriptRun } from './run-script.ts';
import { type Done, progressIn } from './steps.ts';

/** Values of `Connect-ExchangeOnline -ExchangeEnvironmentName` (Exchange PowerShell: Connect-ExchangeOnline). */
type ExchangeEnvironment = 'O365Default' | 'O365USGovGCCHigh' | 'O365USGovDoD' | 'O365China';

type Options = Pick<Runtime, 'clock' | 'log'> & {
  readonly powerShell: PowerShell;
  readonly credential: TokenCredential;
  readonly scope: string;
  readonly environment: ExchangeEnvironment | null;
  /** The organization's initial domain, such as contoso.onmicrosoft.com. */
  readonly readOrganization: () => Promise<string>;
  /** Timeout of one cmdlet, from the start of the process to its end; ms. */
  readonly timeoutMs: number;
  readonly reachability?: Reachability | undefined;
  readonly shapes?: ShapeWatch | undefined;
};

const SCRIPT = new URL('./invoke-cmdlet.ps1', import.meta.url);

/**
 * Creates a client that runs all cmdlets, those that read included, through PowerShell and Microsoft's module, which is the
 * supported way: mode `powershell` avoids the undocumented API entirely. Each cmdlet has its own process and connection. It
 * connects with the service's own token (`-AccessToken` with `-Organization`), so a managed identity, a secret and a
 * certificate all work, and the module's restrictions, such as no CNG certificates, do not apply. Throws an UpstreamError
 * for every failure and retries nothing. docs/powershell.md lists what could not be verified.
 */
export function createPowerShellClient(options: Options): ExchangeClient {
  async function invoke(call: Call, parameters: Parameters, signal?: AbortSignal): Promise<Done> {
    const { credential, scope, environment, timeoutMs, reachability } = options;
    const bounded = boundedBy(timeoutMs, signal);
    const organization = await options.readOrganization();
    const token = await observed(reachability, 'entra', () => bearerToken(credential, scope, bounded));
    const document = { token, organization, environment, cmdlet: call.operation, parameters };
    return observed(reachability, 'exchange', async () => {
      const run = await runScript(options.powerShell, SCRIPT, document, bounded);
      return outcomeOf(call, run, (message) => oneLine(message.replaceAll(token, '[token]')));
    });
  }

  return {
    async read(cmdlet, parameters = {}, signal) {
      const call = { service: 'exchange', operation: cmdlet, repeatable: true } as const;
      const { rows, warnings } = await reported(options, call, () => invoke(call, parameters, signal));
      return readingOf(cmdlet, { rows, warnings, hasNext: false }, options.shapes);
    },
    async change(cmdlet, parameters, signal) {
      const call = { service: 'exchange', operation: cmdlet, repeatable: false } as const;
      await reported(options, call, () => invoke(call, parameters, signal));
      return { requestId: null };
    },
  };
}

/**
 * Returns the cmdlet's output or throws its failure. Before the script reports `calling`, Exchange has certainly not been
 * called; after that, only the script's own report decides the effect.
 */
function outcomeOf(call: Call, run: ScriptRun, tidy: (message: string) => string): Done {
  const { calling, last } = progressIn(run.steps);
  if (last?.step === 'done') return last;
  const lost = calling ? effectWhenLost(call) : 'none';
  const failed = (failure: UpstreamFailure, message: string, effect = lost) => {
    const { service, operation } = call;
    return new UpstreamError({ service, operation, failure, message: tidy(message), effect });
  };
  if (last?.step === 'failed') {
    const { failure, message, harmless } = verdictOn(call.operation, last);
    throw failed(failure, message, harmless ? 'none' : lost);
  }
  const stage = calling ? `${call.operation} had begun` : 'before Exchange was called';
  if (run.ended === 'never_started')
    throw failed('rejected', `PowerShell could not be started: ${INSTALL_POWERSHELL} (${run.errorText})`);
  if (run.ended === 'killed') throw failed('timeout', `PowerShell was killed at the timeout: ${stage}`);
  throw failed('unavailable', `PowerShell ended without an outcome, ${stage}: ${run.errorText}`);
}
