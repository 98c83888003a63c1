import { checkPowerShell } from '../../microsoft/exchange/powershell/preflight.ts';
import type { Examine } from '../check.ts';
import { failed, ok } from '../finding.ts';

const DEADLINE_MS = 60_000;

/** What mode `powershell` needs on this machine; the permission it needs is a check of its own. */
export const examinePowerShell: Examine = async ({ config, words }) => {
  if (config.unblockMode !== 'powershell') return ok(words.powershell.notUsed);
  const findings = await checkPowerShell({
    powerShell: config.powerShell,
    readOrganization: async () => '',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (findings.length === 0) return ok(words.powershell.ok);
  return findings.map((finding) => failed(words.powershell.problem(finding.words)));
};
