import type { Cmdlet } from '../../microsoft/exchange/cmdlets.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { CheckContext, Examine } from '../check.ts';
import { failureMessage } from '../failure-message.ts';
import { type Found, ok, warning } from '../finding.ts';

/** Checks whether an unblock would be allowed, as far as this can be determined without unblocking anything. */
export const examineUnblock: Examine = async (context) => {
  const { config, strings } = context;
  switch (config.unblockMode) {
    case 'manual':
      return ok(strings.unblock.manual);
    case 'dry-run':
      return ok(strings.unblock.dryRun);
    case 'powershell':
      return warning(strings.unblock.unknown(''));
    case 'exchange':
      return offered(context);
  }
};

const CMDLET: Cmdlet = 'Remove-BlockedConnector';

/** The list of cmdlets is not documented, so a missing cmdlet is only a warning. */
async function offered({ connections, strings }: CheckContext): Promise<Found> {
  try {
    const cmdlets = await connections.listExported();
    if (cmdlets === null) return warning(strings.unblock.unknown(''));
    return cmdlets.has(CMDLET.toLowerCase()) ? ok(strings.unblock.ok) : warning(strings.unblock.notOffered);
  } catch (error) {
    if (error instanceof UpstreamError) return warning(strings.unblock.unknown(failureMessage(error)));
    throw error;
  }
}
