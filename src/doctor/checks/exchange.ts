import { CLOUDS } from '../../config/clouds.ts';
import type { Reading } from '../../incident/model/observation.ts';
import type { Cmdlet } from '../../microsoft/exchange/cmdlets.ts';
import { checkPowerShell } from '../../microsoft/exchange/powershell/preflight.ts';
import { UpstreamError } from '../../shared/errors.ts';
import type { CheckContext, Examine } from '../check.ts';
import { failureMessage, hasFailed } from '../failure-message.ts';
import { type Found, failed, ok, warning } from '../finding.ts';

/** Checks which host of Exchange responds to this app. For China, sources name two. */
export const examineExchangeHost: Examine = async (context) => {
  const { config, strings } = context;
  const hosts = CLOUDS[config.cloud].exchange;
  const { hostname } = new URL(config.exchange.endpoint);
  if (hosts.length < 2 || !hosts.includes(hostname)) return ok(strings.exchangeHost.one);
  const others = hosts.filter((host) => host !== hostname);
  const refusal = await refusalOf(context, hostname);
  if (refusal === null) return ok(strings.exchangeHost.answers(hostname));
  for (const host of others)
    if ((await refusalOf(context, host)) === null) return failed(strings.exchangeHost.other(hostname, host));
  return failed(strings.exchangeHost.none(hosts.join(', '), refusal));
};

/** Returns null when the host responds to this app. */
async function refusalOf({ connections }: CheckContext, host: string): Promise<string | null> {
  try {
    await connections.listExportedAt(`https://${host}`);
    return null;
  } catch (error) {
    if (error instanceof UpstreamError) return failureMessage(error);
    throw error;
  }
}

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

/** Checks whether the list of restricted connectors can be read. */
export const examineBlockedConnectors: Examine = (context) =>
  reading(context, 'Get-BlockedConnector', 'Security Reader', context.connections.listBlocked);

/**
 * Checks whether the inbound connectors can be read. Without them no reading is complete, and no approval can be bound to a
 * connector's settings.
 */
export const examineInboundConnectors: Examine = (context) =>
  reading(context, 'Get-InboundConnector', 'Global Reader', () =>
    context.connections.exchange.read('Get-InboundConnector', { ResultSize: 'Unlimited' }),
  );

async function reading(
  { strings }: CheckContext,
  cmdlet: string,
  role: string,
  read: () => Promise<Reading<unknown>>,
): Promise<Found> {
  try {
    const { items, complete, reason } = await read();
    return complete
      ? ok(strings.exchange.readable(cmdlet, items.length))
      : warning(strings.exchange.incomplete(reason ?? ''));
  } catch (error) {
    if (hasFailed(error, 'forbidden')) return failed(strings.exchange.forbidden(cmdlet, role));
    return failed(strings.unexamined(failureMessage(error)));
  }
}

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
