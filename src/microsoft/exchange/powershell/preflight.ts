import { z } from 'zod';
import { UpstreamError } from '../../../shared/errors.ts';
import { oneLine } from '../../http/one-line.ts';
import { INSTALL_MODULE, INSTALL_POWERSHELL, isAtLeast, MIN_MODULE, MIN_POWERSHELL } from './requirements.ts';
import { type PowerShell, runScript } from './run-script.ts';

/** A problem that prevents mode `powershell` from working, with its remedy. */
export type PowerShellProblem = {
  readonly kind:
    | 'powershell_missing'
    | 'powershell_too_old'
    | 'module_missing'
    | 'module_too_old'
    | 'not_checked'
    | 'organization_unreadable';
  readonly message: string;
};

type Options = {
  readonly powerShell: PowerShell;
  readonly readOrganization: () => Promise<string>;
  readonly signal: AbortSignal;
};

const SCRIPT = new URL('./read-versions.ps1', import.meta.url);

const versionsSchema = z.object({ step: z.literal('versions'), powershell: z.string(), module: z.string().nullable() });

/** Lists every requirement of mode `powershell` that is not met; empty when all are. Makes no connection except to Graph. */
export async function checkPowerShell(options: Options): Promise<readonly PowerShellProblem[]> {
  const [versions, organization] = await Promise.all([checkVersions(options), checkOrganization(options)]);
  return [...versions, ...organization];
}

async function checkVersions({ powerShell, signal }: Options): Promise<readonly PowerShellProblem[]> {
  const { ended, steps, errorText } = await runScript(powerShell, SCRIPT, {}, signal);
  if (ended === 'never_started')
    return [{ kind: 'powershell_missing', message: `PowerShell was not found: ${INSTALL_POWERSHELL}.` }];
  const read = versionsSchema.safeParse(steps.at(-1));
  if (read.success) return findingsOn(read.data);
  const reason = ended === 'killed' ? 'it did not respond in time' : oneLine(errorText) || 'it printed nothing';
  return [{ kind: 'not_checked', message: `PowerShell did not report its version: ${reason}.` }];
}

function findingsOn({ powershell, module }: z.infer<typeof versionsSchema>): readonly PowerShellProblem[] {
  const findings: PowerShellProblem[] = [];
  if (!isAtLeast(powershell, MIN_POWERSHELL))
    findings.push({ kind: 'powershell_too_old', message: `This is PowerShell ${powershell}: ${INSTALL_POWERSHELL}.` });
  if (module === null) findings.push({ kind: 'module_missing', message: `${INSTALL_MODULE}.` });
  else if (!isAtLeast(module, MIN_MODULE))
    findings.push({ kind: 'module_too_old', message: `The module has version ${module}. ${INSTALL_MODULE}.` });
  return findings;
}

async function checkOrganization({ readOrganization }: Options): Promise<readonly PowerShellProblem[]> {
  try {
    await readOrganization();
    return [];
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const fix = "grant the app Microsoft Graph's application permission Organization.Read.All";
    const message = `The organization's initial domain cannot be read from Graph; ${fix}. ${error.message}`;
    return [{ kind: 'organization_unreadable', message }];
  }
}
