import { z } from 'zod';
import { UpstreamError } from '../../../shared/errors.ts';
import { oneLine } from '../../http/words.ts';
import { INSTALL_MODULE, INSTALL_POWERSHELL, isAtLeast, LEAST_MODULE, LEAST_POWERSHELL } from './requirements.ts';
import { type PowerShell, runScript } from './run-script.ts';

/** Something that keeps mode `powershell` from working, with what to do about it. */
export type PowerShellFinding = {
  readonly kind:
    | 'powershell_missing'
    | 'powershell_too_old'
    | 'module_missing'
    | 'module_too_old'
    | 'not_checked'
    | 'organization_unreadable';
  readonly words: string;
};

type Options = {
  readonly powerShell: PowerShell;
  readonly readOrganization: () => Promise<string>;
  readonly signal: AbortSignal;
};

const SCRIPT = new URL('./read-versions.ps1', import.meta.url);

const versionsSchema = z.object({ step: z.literal('versions'), powershell: z.string(), module: z.string().nullable() });

/** What is missing for mode `powershell`, all of it at once; it connects to nothing but Graph. Empty: nothing is. */
export async function checkPowerShell(options: Options): Promise<readonly PowerShellFinding[]> {
  const [versions, organization] = await Promise.all([checkVersions(options), checkOrganization(options)]);
  return [...versions, ...organization];
}

async function checkVersions({ powerShell, signal }: Options): Promise<readonly PowerShellFinding[]> {
  const { ended, steps, complaint } = await runScript(powerShell, SCRIPT, {}, signal);
  if (ended === 'never_started')
    return [{ kind: 'powershell_missing', words: `PowerShell was not found: ${INSTALL_POWERSHELL}.` }];
  const read = versionsSchema.safeParse(steps.at(-1));
  if (read.success) return findingsOn(read.data);
  const why = ended === 'killed' ? 'it did not answer in time' : oneLine(complaint) || 'it said nothing';
  return [{ kind: 'not_checked', words: `PowerShell did not say which version it is: ${why}.` }];
}

function findingsOn({ powershell, module }: z.infer<typeof versionsSchema>): readonly PowerShellFinding[] {
  const findings: PowerShellFinding[] = [];
  if (!isAtLeast(powershell, LEAST_POWERSHELL))
    findings.push({ kind: 'powershell_too_old', words: `This is PowerShell ${powershell}: ${INSTALL_POWERSHELL}.` });
  if (module === null) findings.push({ kind: 'module_missing', words: `${INSTALL_MODULE}.` });
  else if (!isAtLeast(module, LEAST_MODULE))
    findings.push({ kind: 'module_too_old', words: `The module is of version ${module}. ${INSTALL_MODULE}.` });
  return findings;
}

async function checkOrganization({ readOrganization }: Options): Promise<readonly PowerShellFinding[]> {
  try {
    await readOrganization();
    return [];
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const mend = "grant the app Microsoft Graph's application permission Organization.Read.All";
    const words = `The organization's initial domain cannot be read from Graph; ${mend}. ${error.message}`;
    return [{ kind: 'organization_unreadable', words }];
  }
}
