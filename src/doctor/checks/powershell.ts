import { checkPowerShell } from '../../microsoft/exchange/powershell/preflight.ts';
import type { Examine } from '../check.ts';
import { failed, ok } from '../finding.ts';

const DEADLINE_MS = 60_000;

/** Checks what mode `powershell` needs on this machine. Its permission is a separate check. */
export const examinePowerShell: Examine = async ({ config, strings }) => {
  if (config.unblockMode !== 'powershell') return ok(strings.powershell.notUsed);
  const findings = await checkPowerShell({
    powerShell: config.powerShell,
    readOrganization: async () => '',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (findings.length === 0) return ok(strings.powershell.ok);
  return findings.map((finding) => failed(strings.powershell.problem(finding.message)));
};
