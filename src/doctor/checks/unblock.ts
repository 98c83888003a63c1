import type { Cmdlet } from '../../microsoft/exchange/cmdlets.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { Examine, Patient } from '../check.ts';
import { wordsOfFailure } from '../failure-words.ts';
import { type Found, ok, warning } from '../finding.ts';

/** Whether an unblock would be let through, as far as that can be told without unblocking anything. */
export const examineUnblock: Examine = async (patient) => {
  const { config, words } = patient;
  switch (config.unblockMode) {
    case 'manual':
      return ok(words.unblock.manual);
    case 'dry-run':
      return ok(words.unblock.dryRun);
    case 'powershell':
      return warning(words.unblock.unknown(''));
    case 'exchange':
      return offered(patient);
  }
};

const CMDLET: Cmdlet = 'Remove-BlockedConnector';

/** Nobody documents the answer, so that a "no" is a warning. */
async function offered({ connections, words }: Patient): Promise<Found> {
  try {
    const cmdlets = await connections.listExported();
    if (cmdlets === null) return warning(words.unblock.unknown(''));
    return cmdlets.has(CMDLET.toLowerCase()) ? ok(words.unblock.ok) : warning(words.unblock.notOffered);
  } catch (error) {
    if (error instanceof UpstreamError) return warning(words.unblock.unknown(wordsOfFailure(error)));
    throw error;
  }
}
